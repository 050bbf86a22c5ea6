// The first page of an administrator: what flows between this node and others, what is stuck and why, and what one can do about it. It is
// read anew every few seconds while somebody looks.

import { html, useState } from "../../core/html.js";
import { useEvery } from "../../core/every.js";
import { formatTime, msg, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { link as address } from "../../core/routes.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { Loaded } from "../../parts/waiting.js";
import { endOf } from "./links.js";
import { LinkDetails } from "./link-details.js";
import { LinksTable } from "./links-table.js";
import { MOST, readNetwork } from "./network.js";
import { NetworkPicture } from "./network-picture.js";
import { NewReplication } from "./new-replication.js";
import { databasesOf, summary } from "./words.js";

const PAUSE_MS = 3000;

function Overview() {
  const network = useLoad(readNetwork, []);
  const [creating, setCreating] = useState(false);
  const [opened, setOpened] = useState(null);
  // Not over an answer that is still on its way: a slow node would never be heard out.
  useEvery(PAUSE_MS, () => network.loading || network.reload());
  return html`
    <${PageHead}
      title=${t("overview.title")}
      actions=${html`<${Button} kind="main" icon="plus" onClick=${() => setCreating(true)}>${t("overview.new")}<//>`}
    />
    <${Loaded} of=${network}>
      ${(found) => html`
        <p role="status" class="soft">${found.links.length > 0 && summary(found.links)}</p>
        <${Network} found=${found} onChanged=${network.reload} onDetails=${setOpened} />
        ${found.refused.length > 0 && html`<${RefusedList} rows=${found.refused} />`}
        <${Opened} links=${found.links} opened=${opened} onClose=${() => setOpened(null)} />
      `}
    <//>
    ${creating && html`<${NewReplication} onClose=${() => setCreating(false)} onCreated=${network.reload} />`}
  `;
}

function Opened({ links, opened, onClose }) {
  const link = links.find((one) => one.key === opened);
  return link && html`<${LinkDetails} link=${link} onClose=${onClose} />`;
}

function Network({ found, onChanged, onDetails }) {
  if (found.links.length === 0) {
    return html`<${Empty} icon="network" title=${t("overview.none")}><p>${t("overview.none.todo")}</p><//>`;
  }
  return html`
    <${NetworkPicture} links=${found.links} name=${location.host} />
    ${found.total > MOST && html`<p class="soft">${t("overview.part", { shown: MOST, total: found.total })}</p>`}
    <section aria-labelledby="replications">
      <h2 id="replications" class="section-title">${t("overview.replications")}</h2>
      <${LinksTable} links=${found.links} onChanged=${onChanged} onDetails=${onDetails} />
    </section>
  `;
}

function RefusedList({ rows }) {
  return html`
    <section aria-labelledby="refused">
      <h2 id="refused" class="section-title">${t("overview.refused_documents")}</h2>
      <${DataTable} label=${t("overview.refused_documents")} columns=${refusedColumns()} rows=${rows} rowKey=${(row) => row.id} />
    </section>
  `;
}

const refusedColumns = () => [
  {
    label: t("overview.databases"),
    head: true,
    cell: (row) => html`<a href=${address("/overview/refused/:id", { id: row.id })}>${databasesOf({ source: endOf(row.source), target: endOf(row.target) })}</a>`,
  },
  { label: t("overview.target"), cell: (row) => endOf(row.target).host ?? t("overview.this_node") },
  { label: t("overview.documents"), number: true, cell: (row) => tn("overview.refused", row.count) },
  { label: t("overview.when"), cell: (row) => formatTime(row.last_updated) },
];

export default forAdmins(msg("overview.title"), Overview);
