// Who proposes what is preselected, and why a person is asked at all.

import { html } from "../../../core/html.js";
import { msg, t } from "../../../core/language.js";
import { Notice } from "../../../parts/problem-box.js";

const METHODS = {
  merge: msg("conflicts.method.merge"),
  latest: msg("conflicts.method.latest"),
  site: msg("conflicts.method.site"),
  function: msg("conflicts.method.function"),
  winner: msg("conflicts.method.winner"),
  manual: msg("conflicts.method.manual"),
};

export const methodLabel = (method) => (method in METHODS ? t(METHODS[method]) : method);

export function Proposal({ conflict }) {
  const { rule, policy, method } = conflict.proposal;
  const words = rule
    ? t("conflicts.proposed_by", { rule, method: methodLabel(method), policy: String(policy).slice(0, 10) })
    : t("conflicts.proposed_plain");
  return html`
    <${Notice}>
      <p>${words}</p>
      ${conflict.state === "held" && html`<p>${t("conflicts.held.text")}</p>`}
      ${conflict.reason && html`<p class="soft"><span lang="en">${conflict.reason}</span></p>`}
    <//>
  `;
}
