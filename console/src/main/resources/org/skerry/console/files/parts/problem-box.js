// A problem in the page: what happened, what to do, and (folded) what the node said.

import { html } from "../core/html.js";
import { t } from "../core/language.js";
import { explain } from "../core/problem.js";
import { Button } from "./button.js";
import { Icon } from "./icon.js";

export function ProblemBox({ problem, onRetry }) {
  const { what, todo, detail } = explain(problem);
  return html`
    <div class="notice bad" role="alert">
      <${Icon} name="warning" />
      <div>
        <p><strong>${what}</strong></p>
        <p>${todo}</p>
        ${detail && html`<details open=${problem.status >= 400 && problem.status < 500}><summary>${t("shell.details")}</summary><p class="code">${detail}</p></details>`}
        ${onRetry && html`<p><${Button} icon="refresh" onClick=${onRetry}>${t("shell.retry")}<//></p>`}
      </div>
    </div>
  `;
}

/** A remark that is no problem. kind: "info", "warn" or "good". */
export function Notice({ kind = "info", children }) {
  return html`
    <div class=${`notice ${kind}`}>
      <${Icon} name=${kind === "good" ? "check" : kind === "warn" ? "warning" : "info"} />
      <div>${children}</div>
    </div>
  `;
}
