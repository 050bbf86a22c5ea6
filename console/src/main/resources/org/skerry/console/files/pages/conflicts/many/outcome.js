// What became of many: how many are settled, and which stay open and why.

import { html } from "../../../core/html.js";
import { msg, t, tn } from "../../../core/language.js";
import { link } from "../../../core/routes.js";
import { Notice } from "../../../parts/problem-box.js";
import { ONE } from "../routes.js";

const WHY = {
  conflict: msg("conflicts.why.conflict"),
  open: msg("conflicts.why.open"),
  not_found: msg("conflicts.why.not_found"),
  forbidden: msg("conflicts.why.forbidden"),
  unauthorized: msg("conflicts.why.forbidden"),
};

export function Outcome({ db, outcome: { settled, refused, named, cancelled } }) {
  return html`
    <${Notice} kind=${refused > 0 || cancelled ? "warn" : "good"}>
      <p><strong>${tn("conflicts.many.settled", settled)}</strong> ${cancelled && t("conflicts.many.cancelled")}</p>
      ${refused > 0 &&
      html`
        <p>${tn("conflicts.many.refused", refused)}</p>
        <${Staying} db=${db} refused=${refused} named=${named} />
      `}
    <//>
  `;
}

/** Those that stay open, each with the reason. */
export function Staying({ db, refused, named }) {
  return html`
    <ul>
      ${named.map(
        (one) => html`
          <li>
            <a href=${link(ONE, { db, id: one.id })}>${one.id}</a>: ${t(WHY[one.error] ?? msg("conflicts.why.open"))}
            ${" "}<span class="soft" lang="en">${one.reason}</span>
          </li>
        `,
      )}
    </ul>
    ${refused > named.length && html`<p class="soft">${tn("conflicts.many.others", refused - named.length)}</p>`}
  `;
}
