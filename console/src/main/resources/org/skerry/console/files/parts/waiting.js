// While something is read. It shows after a moment only, so that quick answers do not flicker (style/parts.css).

import { html } from "../core/html.js";
import { t } from "../core/language.js";
import { ProblemBox } from "./problem-box.js";

export function Waiting() {
  return html`<p class="waiting" role="status">${t("shell.loading")}</p>`;
}

/** What useLoad gives, as a page shows it: the value when there is one, else the problem or the wait. */
export function Loaded({ of, children }) {
  const { value, problem, loading, reload } = of;
  return html`
    ${problem && html`<${ProblemBox} problem=${problem} onRetry=${reload} />`}
    ${value === undefined ? loading && html`<${Waiting} />` : html`<div aria-busy=${loading}>${children(value)}</div>`}
  `;
}
