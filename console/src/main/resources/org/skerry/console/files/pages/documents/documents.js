// The documents of a database by their ids, a page at a time: from any id on, since a database may hold millions. The page is in the address
// ("from", and "back" for pages that are read backwards), so it can be kept and gone back to.

import { html, useEffect, useState } from "../../core/html.js";
import { api, json } from "../../core/api.js";
import { t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { goInstead, link } from "../../core/routes.js";
import { LinkButton } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { Field } from "../../parts/field.js";
import { Pager } from "../../parts/pager.js";
import { Loaded } from "../../parts/waiting.js";
import { DatabaseHead } from "../databases/database-head.js";
import { ShortRev } from "./short-rev.js";

const PAGE = 25;
const ROUTE = "/databases/:db";
const PAUSE_MS = 250;

/** One row more than is shown tells whether there is another page. */
async function readPage(db, { from, back, contents }, signal) {
  const query = { limit: PAGE + 1, include_docs: contents === "yes" || undefined };
  if (back !== undefined) {
    Object.assign(query, { descending: true, startkey: json(back), skip: 1 });
  } else if (from) {
    query.startkey = json(from);
  }
  const found = await api.get([db, "_all_docs"], { query, signal });
  const rows = found.rows.slice(0, PAGE);
  const more = found.rows.length > PAGE;
  return back === undefined
    ? { rows, forward: more ? found.rows[PAGE].id : null, backward: Boolean(from) }
    : { rows: rows.reverse(), forward: back, backward: more };
}

export default function Documents({ params: { db }, query }) {
  const { from = "", back, contents } = query;
  const page = useLoad((signal) => readPage(db, query, signal), [db, from, back, contents]);
  const show = (change) => goInstead(ROUTE, { db }, { from, back, contents, ...change });
  return html`
    <${DatabaseHead} db=${db} here=${ROUTE}
      actions=${html`<${LinkButton} kind="main" icon="plus" href=${link("/databases/:db/new", { db })}>${t("documents.new")}<//>`} />
    <div class="toolbar" role="search">
      <${JumpTo} from=${from} onJump=${(id) => show({ from: id, back: undefined })} />
      <label class="check">
        <input type="checkbox" checked=${contents === "yes"} onChange=${(event) => show({ contents: event.target.checked ? "yes" : undefined })} />
        ${t("documents.contents")}
      </label>
    </div>
    <${Loaded} of=${page}>${(found) => html`<${Listing} db=${db} found=${found} from=${from} contents=${contents} show=${show} />`}<//>
  `;
}

/** Shows the list from what is typed on, once typing pauses. */
function JumpTo({ from, onJump }) {
  const [text, setText] = useState(from);
  useEffect(() => {
    if (text === from) {
      return undefined;
    }
    const timer = setTimeout(() => onJump(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return html`<${Field} label=${t("documents.jump")} type="search" value=${text} onInput=${setText} spellcheck=${false} autocapitalize="none" />`;
}

function Listing({ db, found, from, contents, show }) {
  if (found.rows.length === 0) {
    return html`
      <${Empty} icon="document" title=${from ? t("documents.none_from_here") : t("documents.none")}>
        <p>${from ? t("documents.none_from_here.todo") : t("documents.none.todo")}</p>
      <//>
    `;
  }
  return html`
    <${DataTable} label=${t("databases.tab.documents")} columns=${columns(db, contents)} rows=${found.rows} rowKey=${(row) => row.id} />
    <${Pager}
      words=${t("documents.page", { first: found.rows[0].id, last: found.rows.at(-1).id })}
      onBack=${found.backward && (() => show({ back: found.rows[0].id, from: undefined }))}
      onForward=${found.forward !== null && (() => show({ from: nextFrom(found), back: undefined }))}
    />
  `;
}

/** Read backwards, a page ends before the one that it was left for. */
const nextFrom = (found) => found.forward;

const LONGEST = 160;

function columns(db, contents) {
  const id = {
    label: t("documents.id"),
    head: true,
    cell: (row) => html`<a href=${link("/databases/:db/documents/:id", { db, id: row.id })}>${row.id}</a>`,
  };
  const rev = { label: t("documents.rev"), cell: (row) => html`<${ShortRev} rev=${row.value.rev} />` };
  const text = { label: t("documents.content"), cell: (row) => html`<span class="code">${summary(row.doc)}</span>` };
  return contents === "yes" ? [id, text, rev] : [id, rev];
}

function summary(doc) {
  const { _id, _rev, _attachments, ...body } = doc ?? {};
  const text = JSON.stringify(body);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}
