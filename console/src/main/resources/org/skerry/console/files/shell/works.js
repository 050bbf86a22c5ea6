// Shows the work that runs (core/work.js), each piece with a bar and a button that cancels it.

import { html } from "../core/html.js";
import { formatBytes, t } from "../core/language.js";
import { useShared } from "../core/state.js";
import { works } from "../core/work.js";
import { Icon } from "../parts/icon.js";

export function Works() {
  const all = useShared(works);
  return html`
    <div class="works" role="region" aria-label=${t("shell.works")} hidden=${all.length === 0}>
      ${all.map((one) => html`<${Work} key=${one.id} one=${one} />`)}
    </div>
  `;
}

function Work({ one }) {
  const known = one.total > 0;
  return html`
    <div class="work">
      <div class="work-words">
        <span>${one.title}</span>
        ${known && html`<span class="soft">${Math.floor((100 * one.done) / one.total)} %</span>`}
        ${!known && one.done > 0 && html`<span class="soft">${formatBytes(one.done)}</span>`}
      </div>
      <progress aria-label=${one.title} max=${known ? one.total : undefined} value=${known ? one.done : undefined} />
      <button class="icon-button" onClick=${one.cancel}>
        <${Icon} name="close" /><span class="visually-hidden">${t("shell.cancel_work", { title: one.title })}</span>
      </button>
    </div>
  `;
}
