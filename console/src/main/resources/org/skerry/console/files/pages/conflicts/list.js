// The work-list of one database: its open conflicts, the oldest first, a page at a time. The node counts and filters; a page costs the same
// with ten conflicts and with ten thousand.

import { html, useEffect, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatAgo, formatNumber, formatTime, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { goInstead, link } from "../../core/routes.js";
import { Button, LinkButton } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { Pager } from "../../parts/pager.js";
import { Loaded } from "../../parts/waiting.js";
import { DeskHead } from "./desk-head.js";
import { asked, Filters, inAddress, isFiltered, patternLabel } from "./filters.js";
import { kindLabel, placeLabel, StateBadge } from "./labels.js";
import { LIST, MANY, ONE } from "./routes.js";

const PAGE = 50;
const AGAIN_MS = 1500;
const MOST_PLACES = 4;

export default function ConflictList({ params: { db }, query }) {
  const found = useLoad(
    (signal) => api.get([db, "_conflicts"], { query: { ...asked(query), limit: PAGE, bookmark: query.bookmark }, signal }),
    [db, JSON.stringify(query)],
  );
  // The node answers with what it has seen so far; the rest comes by itself.
  useEffect(() => {
    const timer = found.value?.complete === false && setTimeout(found.reload, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [found.value]);
  // Where the pages before began: bookmarks lead forward only.
  const [before, setBefore] = useState([]);
  const show = (change) => {
    setBefore([]);
    goInstead(LIST, { db }, { ...query, bookmark: undefined, page: undefined, ...change });
  };
  const turn = (bookmark, page, stack) => {
    setBefore(stack);
    goInstead(LIST, { db }, { ...query, bookmark, page: page || undefined });
  };
  return html`
    <${DeskHead} db=${db} here=${LIST}
      actions=${html`<${Button} icon="refresh" busy=${found.loading} onClick=${found.reload}>${t("conflicts.reload")}<//>`} />
    <${Loaded} of=${found}>
      ${(page) => html`
        <${Filters} query=${query} kinds=${page.kinds} show=${show} />
        <${Above} db=${db} page=${page} query=${query} show=${show} />
        <${Listing} db=${db} page=${page} query=${query} show=${show} />
        <${Turning} page=${page} query=${query} before=${before} turn=${turn} />
      `}
    <//>
  `;
}

function Above({ db, page, query, show }) {
  return html`
    <div class="section-head">
      <p role="status">
        <strong>${tn("conflicts.waiting", page.matching)}</strong>
        ${page.matching !== page.total && html` <span class="soft">${t("conflicts.of", { total: formatNumber(page.total) })}</span>`}
        ${query.pattern &&
        html` · ${t("conflicts.differs_in", { members: patternLabel(query.pattern) })}${" "}
          <button type="button" class="text-button" onClick=${() => show({ pattern: undefined })}>${t("conflicts.all_members")}</button>`}
      </p>
      ${page.complete === false && html`<p class="soft">${t("conflicts.incomplete")}</p>`}
      ${page.matching > 1 &&
      html`<${LinkButton} icon="list" href=${link(MANY, { db }, { ...query, bookmark: undefined, page: undefined })}>${t("conflicts.many")}<//>`}
    </div>
  `;
}

function Listing({ db, page, query, show }) {
  if (page.rows.length === 0) {
    return isFiltered(query)
      ? html`<${Empty} icon="search" title=${t("conflicts.none_so")}><p><button type="button" class="text-button"
          onClick=${() => show({ kind: undefined, pattern: undefined, state: undefined, age: undefined })}>${t("conflicts.show_all")}</button></p><//>`
      : html`<${Empty} icon="check" title=${t("conflicts.none")}><p>${t("conflicts.none.text")}</p><//>`;
  }
  return html`<${DataTable} label=${t("conflicts.list")} columns=${columns(db, show)} rows=${page.rows} rowKey=${(row) => row.id} />`;
}

const columns = (db, show) => [
  { label: t("conflicts.document"), head: true, cell: (row) => html`<a href=${link(ONE, { db, id: row.id })}>${row.id}</a>` },
  { label: t("conflicts.kind"), cell: (row) => kindLabel(row.kind) },
  { label: t("conflicts.differs"), cell: (row) => html`<${Differs} row=${row} show=${show} />` },
  { label: t("conflicts.versions"), number: true, cell: (row) => formatNumber(row.leaves.length) },
  { label: t("conflicts.since"), cell: (row) => html`<span class="nowrap" title=${formatTime(row.since)}>${formatAgo(row.since)}</span>` },
];

/** The members about which a person must decide; pressing them shows all conflicts of that kind in which the same differ. */
function Differs({ row, show }) {
  const places = row.open.slice(0, MOST_PLACES).map(placeLabel).join(", ");
  const more = row.open.length - MOST_PLACES;
  return html`
    <span class="differs">
      ${row.open.length > 0 &&
      html`
        <button type="button" class="text-button" title=${t("conflicts.same_pattern")}
          onClick=${() => show({ kind: inAddress(row.kind), pattern: inAddress(row.pattern) })}>
          ${places}${more > 0 && ` + ${formatNumber(more)}`}
        </button>
      `}
      <${StateBadge} state=${row.state} />
      ${row.state === "refused" && html`<span class="soft">${row.reason}</span>`}
    </span>
  `;
}

function Turning({ page, query, before, turn }) {
  const number = Number(query.page ?? 0) || 0;
  if (number === 0 && !page.bookmark) {
    return null;
  }
  const first = number * PAGE + 1;
  const words = t("conflicts.shown", {
    first: formatNumber(first),
    last: formatNumber(first + page.rows.length - 1),
    total: formatNumber(page.matching),
  });
  const back = () => (before.length > 0 ? turn(before.at(-1), number - 1, before.slice(0, -1)) : turn(undefined, 0, []));
  return html`
    <${Pager} words=${words} onBack=${number > 0 && back}
      onForward=${page.bookmark && (() => turn(page.bookmark, number + 1, [...before, query.bookmark]))} />
  `;
}
