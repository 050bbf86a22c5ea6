// What a satellite could not do yet: documents that wait to be rows, and rows that a rule of the database does not let in; all are tried again.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { useEvery } from "../../core/every.js";
import { formatTime, msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { link } from "../../core/routes.js";
import { complain, say } from "../../core/toasts.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { PageHead } from "../../parts/page-head.js";
import { Pager } from "../../parts/pager.js";
import { Loaded } from "../../parts/waiting.js";

const PAUSE_MS = 3000;
const PAGE = 50;
const MOST_REFUSED = 1000;

async function read(name, after, signal) {
  const at = ["_postgres", "_status", name];
  const [{ database }, { waiting }, { refused }] = await Promise.all([
    api.get(at, { signal }),
    api.get([...at, "waiting"], { query: { after, limit: PAGE + 1 }, signal }),
    api.get([...at, "refused"], { query: { limit: MOST_REFUSED }, signal }),
  ]);
  return { database, waiting: waiting.slice(0, PAGE), more: waiting.length > PAGE, refused };
}

function Behind({ params: { name } }) {
  // The ids behind which the pages begin, this one's last.
  const [trail, setTrail] = useState([""]);
  const [busy, setBusy] = useState(false);
  const found = useLoad((signal) => read(name, trail.at(-1), signal), [name, trail.at(-1)]);
  useEvery(PAUSE_MS, () => found.loading || found.reload());
  const retry = async () => {
    setBusy(true);
    try {
      await api.post(["_postgres", "_status", name, "retry"]);
      say(t("satellites.retried", { name }));
      found.reload();
    } catch (problem) {
      complain(problem);
    }
    setBusy(false);
  };
  const actions = html`
    <${Button} icon="refresh" busy=${found.loading} onClick=${found.reload}>${t("satellites.reload")}<//>
    <${Button} kind="main" icon="refresh" busy=${busy} onClick=${retry}>${t("satellites.retry")}<//>
  `;
  return html`
    <${PageHead} title=${name} trail=${[["#/satellites", t("satellites.title")]]} actions=${actions} />
    <${Loaded} of=${found}>
      ${({ database, waiting, more, refused }) => html`
        <h2>${t("satellites.waiting.title")}</h2>
        ${waiting.length === 0
          ? html`<p class="soft">${t("satellites.waiting.none")}</p>`
          : html`<${DataTable} label=${t("satellites.waiting.title")} columns=${waits(database)} rows=${waiting} rowKey=${({ id }) => id} />`}
        ${(more || trail.length > 1) &&
        html`<${Pager} words=${t("satellites.page", { page: trail.length })}
          onBack=${trail.length > 1 && (() => setTrail(trail.slice(0, -1)))}
          onForward=${more && (() => setTrail([...trail, waiting.at(-1).id]))} />`}
        <h2>${t("satellites.refused.title")}</h2>
        ${refused.length === 0
          ? html`<p class="soft">${t("satellites.refused.none")}</p>`
          : html`<${DataTable} label=${t("satellites.refused.title")} columns=${refusals()} rows=${refused} rowKey=${({ id }) => id} />`}
      `}
    <//>
  `;
}

const waits = (database) => [
  { label: t("satellites.document"), head: true, cell: ({ id }) => html`<a href=${link("/databases/:db/documents/:id", { db: database, id })}>${id}</a>` },
  { label: t("satellites.reason"), cell: ({ detail, reason }) => detail || reason },
  { label: t("satellites.lacks"), cell: ({ lacks }) => lacks.join(", ") || "–" },
  { label: t("satellites.attempts"), number: true, cell: ({ attempts }) => attempts },
  { label: t("satellites.next"), cell: ({ next }) => html`<span class="number">${formatTime(next)}</span>` },
];

const refusals = () => [
  { label: t("satellites.row"), head: true, cell: ({ table, key }) => html`<span class="code">${table} ${key}</span>` },
  { label: t("satellites.reason"), cell: ({ reason }) => reason },
  { label: t("satellites.since"), cell: ({ since }) => html`<span class="number">${formatTime(since)}</span>` },
];

export default forAdmins(msg("satellites.behind"), Behind);
