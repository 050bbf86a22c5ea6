// The documents that a search found: by id, with the members that were asked for, or the beginning of all.

import { html } from "../../core/html.js";
import { t } from "../../core/language.js";
import { link } from "../../core/routes.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { Pager } from "../../parts/pager.js";

const LONGEST = 200;

export function Found({ db, docs, fields, onBack, onForward }) {
  if (docs.length === 0) {
    return html`<${Empty} icon="search" title=${t("search.none")}><p>${t("search.none.todo")}</p><//>`;
  }
  const rows = docs.map((doc, i) => ({ doc, key: doc._id ?? String(i) }));
  return html`
    <${DataTable} label=${t("search.documents")} columns=${columns(db, fields)} rows=${rows} rowKey=${(row) => row.key} />
    ${(onBack || onForward) && html`<${Pager} words="" onBack=${onBack} onForward=${onForward} />`}
  `;
}

function columns(db, fields) {
  const shown = fields.filter((field) => field !== "_id");
  const id = {
    label: t("documents.id"),
    head: true,
    cell: ({ doc }) =>
      doc._id === undefined ? "" : html`<a href=${link("/databases/:db/documents/:id", { db, id: doc._id })}>${doc._id}</a>`,
  };
  const own = shown.map((field) => ({
    label: field,
    cell: ({ doc }) => html`<span class="code">${brief(member(doc, field))}</span>`,
  }));
  const all = {
    label: t("documents.content"),
    cell: ({ doc: { _id, _rev, ...body } }) => html`<span class="code">${brief(body)}</span>`,
  };
  return [id, ...(shown.length > 0 ? own : [all])];
}

/** "name.0.family" as Mango reads it; a dot in a member's name is written "\\.". */
function member(doc, field) {
  return field
    .split(/(?<!\\)\./)
    .map((name) => name.replaceAll("\\.", "."))
    .reduce((value, name) => value?.[name], doc);
}

function brief(value) {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}
