// The head of a page: where one is (the way back up), its name, and what can be done here.

import { html, useEffect } from "../core/html.js";
import { t } from "../core/language.js";
import { Icon } from "./icon.js";

/** trail: pairs of address and text, from the top down. */
export function PageHead({ title, trail = [], actions, children }) {
  useEffect(() => {
    document.title = `${title} · Skerry`;
  }, [title]);
  return html`
    <header class="page-head">
      ${trail.length > 0 &&
      html`
        <nav aria-label=${t("shell.trail")}>
          <ol class="trail">
            ${trail.map(([href, text]) => html`<li><a href=${href}>${text}</a><${Icon} name="chevron" /></li>`)}
          </ol>
        </nav>
      `}
      <div class="page-title">
        <h1>${title}</h1>
        ${actions && html`<div class="actions">${actions}</div>`}
      </div>
      ${children}
    </header>
  `;
}
