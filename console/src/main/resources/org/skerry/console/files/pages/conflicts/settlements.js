// What was settled, the newest first: by a rule or by whom, what was taken from where, what was set aside; and the way back.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatAgo, formatNumber, formatTime, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { goInstead, link } from "../../core/routes.js";
import { Badge } from "../../parts/badge.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { Field } from "../../parts/field.js";
import { Pager } from "../../parts/pager.js";
import { Loaded } from "../../parts/waiting.js";
import { DeskHead } from "./desk-head.js";
import { placeLabel, whoSettled } from "./labels.js";
import { SETTLEMENTS } from "./routes.js";
import { SettlementDetails } from "./settlement-details.js";
import { Undo } from "./undo.js";

const PAGE = 50;

export default function Settlements({ params: { db }, query }) {
  const { doc, bookmark } = query;
  const found = useLoad(
    (signal) => api.get([db, "_settlements"], { query: { doc, bookmark, limit: PAGE }, signal }),
    [db, doc, bookmark],
  );
  const [before, setBefore] = useState([]);
  const [open, setOpen] = useState(null);
  const [undoing, setUndoing] = useState(null);
  const turn = (to, stack) => {
    setBefore(stack);
    goInstead(SETTLEMENTS, { db }, { doc, bookmark: to });
  };
  return html`
    <${DeskHead} db=${db} here=${SETTLEMENTS}
      actions=${html`<${Button} icon="refresh" busy=${found.loading} onClick=${found.reload}>${t("conflicts.reload")}<//>`} />
    <${OfDocument} key=${doc} db=${db} doc=${doc} />
    <${Loaded} of=${found}>
      ${(page) =>
        page.rows.length === 0
          ? html`<${Empty} icon="history" title=${t("conflicts.none_settled")} />`
          : html`
              <${DataTable} label=${t("conflicts.settled.list")} columns=${columns(setOpen, setUndoing)} rows=${page.rows}
                rowKey=${(row) => `${row.id} ${row.settlement}`} />
              ${(bookmark || page.bookmark) &&
              html`
                <${Pager} words=${formatNumber(before.length + 1)}
                  onBack=${bookmark && (() => turn(before.at(-1), before.slice(0, -1)))}
                  onForward=${page.bookmark && (() => turn(page.bookmark, [...before, bookmark]))} />
              `}
            `}
    <//>
    ${open && html`<${SettlementDetails} db=${db} row=${open} onClose=${() => setOpen(null)} />`}
    ${undoing &&
    html`<${Undo} db=${db} id=${undoing.id} settlement=${undoing.settlement} onUndone=${found.reload} onClose=${() => setUndoing(null)} />`}
  `;
}

function OfDocument({ db, doc = "" }) {
  const [id, setId] = useState(doc);
  const search = (event) => {
    event.preventDefault();
    goInstead(SETTLEMENTS, { db }, { doc: id || undefined });
  };
  return html`
    <form class="toolbar" role="search" onSubmit=${search}>
      <${Field} label=${t("conflicts.of_document")} type="search" value=${id} onInput=${setId} spellcheck=${false} autocapitalize="none" />
      <${Button} icon="search" type="submit">${t("conflicts.search")}<//>
    </form>
  `;
}

const places = (leaves, what) => [...new Set(leaves.flatMap((leaf) => leaf[what]))].map(placeLabel).join(", ");

const columns = (onOpen, onUndo) => [
  {
    label: t("conflicts.document"),
    head: true,
    cell: (row) => html`<button type="button" class="text-button" onClick=${() => onOpen(row)}>${row.id}</button>`,
  },
  { label: t("conflicts.by"), cell: (row) => whoSettled(row.by) },
  { label: t("conflicts.when"), cell: (row) => html`<span title=${formatTime(row.by.at ?? row.seen)}>${formatAgo(row.by.at ?? row.seen)}</span>` },
  { label: t("conflicts.set_aside"), cell: (row) => places(row.leaves, "set_aside") },
  {
    label: t("conflicts.actions"),
    hidden: true,
    cell: (row) => html`
      <span class="row-actions">
        ${row.undone
          ? html`<${Badge} kind="info">${t("conflicts.is_undone")}<//>`
          : html`<${Button} kind="quiet" icon="undo" aria-label=${t("conflicts.undo.of", { id: row.id })} onClick=${() => onUndo(row)}>${t("conflicts.undo.ask")}<//>`}
      </span>
    `,
  },
];
