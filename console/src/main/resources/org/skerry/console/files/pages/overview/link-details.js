// One link in full: what was counted, and what happened to it, newest first.

import { html } from "../../core/html.js";
import { formatNumber, formatTime, msg, t } from "../../core/language.js";
import { link as address } from "../../core/routes.js";
import { DataTable } from "../../parts/data-table.js";
import { Dialog } from "../../parts/dialog.js";
import { Notice } from "../../parts/problem-box.js";
import { StateBadge } from "./state-badge.js";
import { databasesOf, directionText, peerText, pendingText } from "./words.js";

const EVENTS = {
  added: msg("overview.event.added"),
  started: msg("overview.event.started"),
  stopped: msg("overview.event.stopped"),
  crashed: msg("overview.event.crashed"),
};

export function LinkDetails({ link, onClose }) {
  const figures = [
    [t("overview.pending"), pendingText(link) || "–"],
    ...(link.behindSince ? [[t("overview.behind_since"), formatTime(link.behindSince)]] : []),
    [t("overview.checked"), formatNumber(link.checked)],
    [t("overview.read"), formatNumber(link.read)],
    [t("overview.written"), formatNumber(link.written)],
    [t("overview.failures"), formatNumber(link.failures)],
    [t("overview.errors"), formatNumber(link.errors)],
  ];
  return html`
    <${Dialog} title=${databasesOf(link)} onClose=${onClose} wide>
      <p>
        <${StateBadge} state=${link.state} /> ${directionText(link.direction)} ${peerText(link.peer)}
        ${link.continuous && ` · ${t("overview.continuous")}`}
      </p>
      ${link.error && link.state !== "stopped" && html`<${Notice} kind="warn"><p>${link.error}</p>${link.nextRun && html`<p>${t("overview.next_run", { when: formatTime(link.nextRun) })}</p>`}<//>`}
      <dl class="figures">${figures.map(([name, value]) => html`<div><dt>${name}</dt><dd class="number">${value}</dd></div>`)}</dl>
      ${link.doc &&
      html`<p class="link-document">${t("overview.document")} <a href=${address("/databases/:db/documents/:id", { db: link.database, id: link.doc })}>${link.doc}</a></p>`}
      ${link.history.length > 0 &&
      html`
        <h3 class="link-history">${t("overview.history")}</h3>
        <${DataTable} label=${t("overview.history")} columns=${columns()} rows=${link.history} rowKey=${(event) => link.history.indexOf(event)} />
      `}
    <//>
  `;
}

const columns = () => [
  { label: t("overview.event"), head: true, cell: ({ type }) => (EVENTS[type] ? t(EVENTS[type]) : type) },
  { label: t("overview.when"), cell: ({ timestamp }) => formatTime(timestamp) },
  { label: t("overview.reason"), cell: ({ reason }) => reason },
];
