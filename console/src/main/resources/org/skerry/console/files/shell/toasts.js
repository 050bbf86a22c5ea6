// Shows the messages of core/toasts.js. The live region is always there: one that comes along with its text is not read out.

import { html } from "../core/html.js";
import { t } from "../core/language.js";
import { useShared } from "../core/state.js";
import { closeToast, toasts } from "../core/toasts.js";
import { Icon } from "../parts/icon.js";

export function Toasts() {
  const all = useShared(toasts);
  return html`
    <div class="toasts" role="status" aria-live="polite">
      ${all.map((toast) => html`<${Toast} key=${toast.id} toast=${toast} />`)}
    </div>
  `;
}

function Toast({ toast }) {
  return html`
    <div class=${`toast ${toast.kind}`}>
      <${Icon} name=${toast.kind === "good" ? "check" : "warning"} />
      <div>
        <p>${toast.text}</p>
        ${toast.todo && html`<p class="soft">${toast.todo}</p>`}
        ${toast.detail && html`<p class="soft code">${toast.detail}</p>`}
      </div>
      <button class="icon-button" onClick=${() => closeToast(toast.id)}>
        <${Icon} name="close" /><span class="visually-hidden">${t("shell.close")}</span>
      </button>
    </div>
  `;
}
