// All links, a row for each: what flows where, how it stands, what went wrong last and when it is tried again, and what one may do.

import { html } from "../../core/html.js";
import { formatAgo, formatNumber, formatTime, t, tn } from "../../core/language.js";
import { link as address } from "../../core/routes.js";
import { Badge } from "../../parts/badge.js";
import { DataTable } from "../../parts/data-table.js";
import { LinkActions } from "./link-actions.js";
import { StateBadge } from "./state-badge.js";
import { databasesOf, directionText, lagText, peerText, pendingText } from "./words.js";

export function LinksTable({ links, onChanged, onDetails }) {
  return html`
    <div class="links">
      <${DataTable} label=${t("overview.replications")} columns=${columns(onChanged, onDetails)} rows=${links} rowKey=${(link) => link.key} />
    </div>
  `;
}

const columns = (onChanged, onDetails) => [
  { label: t("overview.databases"), head: true, cell: (link) => html`<${Name} link=${link} />` },
  { label: t("overview.state"), cell: (link) => html`<${Standing} link=${link} />` },
  { label: t("overview.pending"), number: true, cell: (link) => (pendingText(link) || lagText(link)) && html`<${ToDo} link=${link} />` },
  { label: t("overview.written"), number: true, cell: (link) => html`<${Written} link=${link} />` },
  { label: t("overview.actions"), hidden: true, cell: (link) => html`<${LinkActions} link=${link} onChanged=${onChanged} onDetails=${onDetails} />` },
];

function Name({ link }) {
  return html`
    <span class="link-name">
      <span>${databasesOf(link)}</span>
      <span class="link-peer">${directionText(link.direction)} ${peerText(link.peer)}</span>
      <span class="soft link-doc">${link.doc ?? t("overview.by_hand")}${link.continuous && ` · ${t("overview.continuous")}`}</span>
    </span>
  `;
}

/** How many changes the target lacks, and for how long. */
function ToDo({ link }) {
  const lag = lagText(link);
  return html`
    <span class="link-written">
      <span>${pendingText(link)}</span>
      ${lag && html`<span class="soft" title=${formatTime(link.behindSince)}>${lag}</span>`}
    </span>
  `;
}

function Written({ link }) {
  return html`
    <span class="link-written">
      <span>${formatNumber(link.written)}</span>
      ${link.rate !== null && html`<span class="soft">${t("overview.per_second", { count: formatNumber(link.rate) })}</span>`}
    </span>
  `;
}

function Standing({ link }) {
  return html`
    <span class="link-standing">
      <span class="badges">
        <${StateBadge} state=${link.state} />
        ${link.refused &&
        html`<a href=${address("/overview/refused/:id", { id: link.refused.id })}><${Badge} kind="warn">${tn("overview.refused", link.refused.count)}<//></a>`}
      </span>
      ${link.error && link.state !== "stopped" && html`<span class="link-error">${link.error}</span>`}
      ${link.state === "crashing" && link.nextRun && html`<span class="soft" title=${formatTime(link.nextRun)}>${t("overview.next_run", { when: formatAgo(link.nextRun) })}</span>`}
    </span>
  `;
}
