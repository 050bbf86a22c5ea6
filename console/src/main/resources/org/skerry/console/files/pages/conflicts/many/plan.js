// What a rule would do, before it does it: how many it settles, some of them member by member, and which stay open and why.

import { html, useEffect, useRef } from "../../../core/html.js";
import { inWords } from "../../../core/conflict/readable.js";
import { plain } from "../../../core/json/plain.js";
import { formatNumber, t, tn } from "../../../core/language.js";
import { link } from "../../../core/routes.js";
import { DataTable } from "../../../parts/data-table.js";
import { ShortRev } from "../../documents/short-rev.js";
import { lineInWords, placeLabel } from "../labels.js";
import { ONE } from "../routes.js";
import { Staying } from "./outcome.js";

/** Members that are told of one document. */
const FEW = 5;

export function Plan({ db, outcome: { settled, refused, named, planned, cancelled } }) {
  const heading = useRef(null);
  useEffect(() => heading.current.focus(), []);
  return html`
    <section class="card" aria-labelledby="plan">
      <h2 id="plan" tabindex="-1" ref=${heading}>${t("conflicts.many.plan")}</h2>
      <p>
        <strong>${tn("conflicts.many.would", settled)}</strong> ${t("conflicts.many.nothing_yet")} ${cancelled && t("conflicts.many.cancelled")}
      </p>
      ${planned.length > 0 && html`<${DataTable} label=${t("conflicts.many.plan")} columns=${columns(db)} rows=${planned} rowKey=${(row) => row.id} />`}
      ${settled > planned.length && html`<p class="soft">${tn("conflicts.many.others", settled - planned.length)}</p>`}
      ${refused > 0 && html`<div class="staying"><p>${tn("conflicts.many.would_stay", refused)}</p><${Staying} db=${db} refused=${refused} named=${named} /></div>`}
    </section>
  `;
}

const columns = (db) => [
  { label: t("conflicts.document"), head: true, cell: (row) => html`<a href=${link(ONE, { db, id: row.id })}>${row.id}</a>` },
  { label: t("conflicts.many.becomes"), cell: (row) => html`<${Becomes} row=${row} />` },
  { label: t("conflicts.many.rev"), cell: (row) => html`<${ShortRev} rev=${row.rev} />` },
];

function Becomes({ row }) {
  const more = row.differing - Math.min(FEW, row.members.length);
  return html`
    <span class="lines">
      ${row.members.slice(0, FEW).map((one) => html`<span><span class="soft">${placeLabel(one.path)}:</span> ${valueOf(one)}</span>`)}
      ${more > 0 && html`<span class="soft">+ ${formatNumber(more)}</span>`}
    </span>
  `;
}

function valueOf({ path, removed, long, result }) {
  if (removed) {
    return t("conflicts.absent");
  }
  return long ? t("conflicts.many.long") : inWords(plain(result)).map((line) => lineInWords(path.split("/").at(-1), line)).join("; ");
}
