// All conflicts that wait, database by database: where to begin.

import { html } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatAgo, formatNumber, formatTime, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { goInstead, link } from "../../core/routes.js";
import { session } from "../../core/session.js";
import { Badge } from "../../parts/badge.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { Pager } from "../../parts/pager.js";
import { Notice } from "../../parts/problem-box.js";
import { Loaded } from "../../parts/waiting.js";
import { kindLabel } from "./labels.js";
import { EVERYWHERE, LIST } from "./routes.js";
import { readWaiting } from "./waiting.js";

const PAGE = 20;
const MOST_KINDS = 4;

export default function Everywhere({ query }) {
  const found = useLoad(readWaiting, []);
  const skip = Number(query.skip ?? 0) || 0;
  return html`
    <${PageHead} title=${t("conflicts.title")}
      actions=${html`<${Button} icon="refresh" busy=${found.loading} onClick=${found.reload}>${t("conflicts.reload")}<//>`}>
      <p class="soft">${t("conflicts.what")}</p>
    <//>
    ${!session.get().isAdmin && html`<${Notice}><p>${t("conflicts.only_opened")}</p><//>`}
    <${Loaded} of=${found}>${(all) => html`<${Listing} all=${all} skip=${skip} />`}<//>
  `;
}

function Listing({ all, skip }) {
  if (all.databases.length === 0) {
    return html`<${Empty} icon="check" title=${t("conflicts.none_anywhere")}><p>${t("conflicts.none.text")}</p><//>`;
  }
  const rows = all.databases.slice(skip, skip + PAGE);
  const show = (at) => goInstead(EVERYWHERE, {}, { skip: at || undefined });
  return html`
    <p role="status">${tn("conflicts.waiting", all.total)} ${all.more && t("conflicts.more_databases")}</p>
    <${DataTable} label=${t("conflicts.by_database")} columns=${columns()} rows=${rows} rowKey=${(row) => row.name} />
    ${all.databases.length > PAGE &&
    html`
      <${Pager} words=${t("conflicts.shown", { first: formatNumber(skip + 1), last: formatNumber(skip + rows.length), total: formatNumber(all.databases.length) })}
        onBack=${skip > 0 && (() => show(Math.max(0, skip - PAGE)))}
        onForward=${skip + PAGE < all.databases.length && (() => show(skip + PAGE))} />
    `}
  `;
}

const columns = () => [
  { label: t("conflicts.database"), head: true, cell: (row) => html`<a href=${link(LIST, { db: row.name })}>${row.name}</a>` },
  { label: t("conflicts.open"), number: true, cell: (row) => formatNumber(row.count) },
  { label: t("conflicts.kinds"), cell: (row) => html`<${Kinds} db=${row.name} />` },
];

/** What they are and how old: one row of the database's list says it. */
function Kinds({ db }) {
  const { value } = useLoad((signal) => api.get([db, "_conflicts"], { query: { limit: 1 }, signal }), [db]);
  if (!value) {
    return null;
  }
  const all = Object.entries(value.kinds).sort(([, left], [, right]) => right - left);
  const kinds = all.slice(0, MOST_KINDS);
  return html`
    <span class="badges">
      ${kinds.map(([kind, count]) => html`<${Badge}>${kindLabel(kind)} ${formatNumber(count)}<//>`)}
      ${all.length > MOST_KINDS && html`<${Badge}>+ ${formatNumber(all.length - MOST_KINDS)}<//>`}
      ${value.rows[0] && html`<span class="soft" title=${formatTime(value.rows[0].since)}>${t("conflicts.oldest", { ago: formatAgo(value.rows[0].since) })}</span>`}
    </span>
  `;
}
