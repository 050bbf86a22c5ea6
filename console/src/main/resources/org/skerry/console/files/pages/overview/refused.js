// The documents of one replication that its target did not want, and why. Once the reason is gone (a rule, a right), they are sent again.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatTime, msg, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { go, link as address } from "../../core/routes.js";
import { complain, say } from "../../core/toasts.js";
import { work } from "../../core/work.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Button } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";
import { DataTable } from "../../parts/data-table.js";
import { PageHead } from "../../parts/page-head.js";
import { Pager } from "../../parts/pager.js";
import { Loaded } from "../../parts/waiting.js";
import { endOf } from "./links.js";
import { databasesOf, peerText } from "./words.js";

const PAGE = 50;

function Refused({ params: { id } }) {
  const path = ["_scheduler", "refused", id];
  const found = useLoad((signal) => api.get(path, { signal }), [id]);
  const [busy, setBusy] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  const retry = async () => {
    setBusy(true);
    try {
      const { accepted, refused } = await work(t("overview.retrying"), ({ signal }) => api.post([...path, "_retry"], { signal }));
      say(t("overview.retried", { accepted, refused }));
      if (refused === 0) {
        go("/overview");
        return;
      }
      found.reload();
    } catch (problem) {
      complain(problem);
    }
    setBusy(false);
  };
  const forget = async () => {
    await api.delete(path);
    go("/overview");
  };
  return html`
    <${PageHead}
      title=${t("overview.refused_documents")}
      trail=${[["#/overview", t("overview.title")]]}
      actions=${html`
        <${Button} icon="trash" onClick=${() => setForgetting(true)}>${t("overview.forget")}<//>
        <${Button} kind="main" icon="refresh" busy=${busy} onClick=${retry}>${t("overview.retry")}<//>
      `}
    />
    <${Loaded} of=${found}>${(one) => html`<${Listing} one=${one} />`}<//>
    ${forgetting &&
    html`
      <${Confirm} title=${t("overview.forget.title")} text=${t("overview.forget.text")} action=${t("overview.forget")}
        onConfirm=${forget} onClose=${() => setForgetting(false)} />
    `}
  `;
}

function Listing({ one }) {
  const [skip, setSkip] = useState(0);
  const ends = { source: endOf(one.source), target: endOf(one.target) };
  const rows = one.refused.slice(skip, skip + PAGE);
  const more = one.refused.length > skip + PAGE;
  return html`
    <p>${databasesOf(ends)} · ${peerText(ends.source.host)} → ${peerText(ends.target.host)} · ${tn("overview.refused", one.count)} · ${formatTime(one.last_updated)}</p>
    <${DataTable} label=${t("overview.refused_documents")} columns=${columns(ends.source)} rows=${rows} rowKey=${(row) => `${row.id} ${row.rev}`} />
    ${(skip > 0 || more) &&
    html`
      <${Pager} words=${tn("overview.refused", one.refused.length)} onBack=${skip > 0 && (() => setSkip(skip - PAGE))}
        onForward=${more && (() => setSkip(skip + PAGE))} />
    `}
  `;
}

const columns = (source) => [
  {
    label: t("documents.id"),
    head: true,
    cell: (row) => (source.host ? row.id : html`<a href=${address("/databases/:db/documents/:id", { db: source.name, id: row.id })}>${row.id}</a>`),
  },
  { label: t("documents.rev"), cell: (row) => html`<span class="code">${row.rev}</span>` },
  { label: t("overview.reason"), cell: (row) => html`<span>${row.error}: ${row.reason}</span>` },
];

export default forAdmins(msg("overview.refused_documents"), Refused);
