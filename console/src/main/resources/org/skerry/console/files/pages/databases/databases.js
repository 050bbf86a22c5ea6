// The databases of the node, a page at a time: how many documents, how large, how many conflicts wait. Listing them is for server
// administrators; others open a database by its name, and find those they opened before.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatBytes, formatNumber, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { goInstead, link } from "../../core/routes.js";
import { session } from "../../core/session.js";
import { Badge } from "../../parts/badge.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { Field } from "../../parts/field.js";
import { PageHead } from "../../parts/page-head.js";
import { Pager } from "../../parts/pager.js";
import { Loaded } from "../../parts/waiting.js";
import { CreateDatabase } from "./create-database.js";
import { OpenByName } from "./open-by-name.js";

const PAGE = 50;

export default function Databases({ query }) {
  return session.get().isAdmin ? html`<${AllDatabases} query=${query} />` : html`<${OpenByName} />`;
}

/** One page and one more, which tells whether there is a next. */
async function readPage({ prefix, skip }, signal) {
  const query = { skip, limit: PAGE + 1 };
  if (prefix) {
    Object.assign(query, { startkey: JSON.stringify(prefix), endkey: JSON.stringify(`${prefix}\ufff0`) });
  }
  const infos = await api.get(["_dbs_info"], { query, signal });
  const rows = infos.filter((row) => row.info).map((row) => row.info);
  return { rows: rows.slice(0, PAGE), more: rows.length > PAGE };
}

function AllDatabases({ query }) {
  const prefix = query.name ?? "";
  const skip = Number(query.skip ?? 0) || 0;
  const page = useLoad((signal) => readPage({ prefix, skip }, signal), [prefix, skip]);
  const [creating, setCreating] = useState(false);
  const show = (change) => goInstead("/databases", {}, { name: prefix, skip: skip || undefined, ...change });
  return html`
    <${PageHead}
      title=${t("databases.title")}
      actions=${html`
        <${Button} icon="refresh" busy=${page.loading} onClick=${page.reload}>${t("databases.reload")}<//>
        <${Button} kind="main" icon="plus" onClick=${() => setCreating(true)}>${t("databases.create")}<//>
      `}
    />
    <div class="toolbar" role="search">
      <${Field} label=${t("databases.filter")} type="search" value=${prefix} spellcheck=${false} autocapitalize="none"
        onInput=${(name) => show({ name, skip: undefined })} />
    </div>
    <${Loaded} of=${page}>${(found) => html`<${Listing} found=${found} prefix=${prefix} skip=${skip} show=${show} />`}<//>
    ${creating && html`<${CreateDatabase} onClose=${() => setCreating(false)} />`}
  `;
}

function Listing({ found, prefix, skip, show }) {
  if (found.rows.length === 0) {
    return html`
      <${Empty} icon="database" title=${prefix ? t("databases.none_so_named") : t("databases.none")}>
        <p>${prefix ? t("databases.none_so_named.todo") : t("databases.none.todo")}</p>
      <//>
    `;
  }
  const last = skip + found.rows.length;
  return html`
    <${DataTable} label=${t("databases.title")} columns=${columns()} rows=${found.rows} rowKey=${(row) => row.db_name} />
    ${(skip > 0 || found.more) &&
    html`
      <${Pager}
        words=${t("databases.shown", { first: formatNumber(skip + 1), last: formatNumber(last) })}
        onBack=${skip > 0 && (() => show({ skip: Math.max(0, skip - PAGE) || undefined }))}
        onForward=${found.more && (() => show({ skip: last }))}
      />
    `}
  `;
}

const columns = () => [
  {
    label: t("databases.name"),
    head: true,
    cell: (row) => html`<a href=${link("/databases/:db", { db: row.db_name })}>${row.db_name}</a>`,
  },
  { label: t("databases.documents"), number: true, cell: (row) => formatNumber(row.doc_count) },
  { label: t("databases.deleted"), number: true, cell: (row) => row.doc_del_count > 0 && formatNumber(row.doc_del_count) },
  { label: t("databases.size"), number: true, cell: (row) => formatBytes(row.sizes.file) },
  { label: t("databases.state"), cell: states },
];

function states({ db_name: db, conflict_count: conflicts = 0, compact_running: compacting }) {
  return (
    (conflicts > 0 || compacting) &&
    html`
      <span class="badges">
        ${conflicts > 0 && html`<a href=${link("/databases/:db/conflicts", { db })}><${Badge} kind="warn">${tn("databases.conflicts", conflicts)}<//></a>`}
        ${compacting && html`<${Badge} kind="info">${t("databases.compacting")}<//>`}
      </span>
    `
  );
}
