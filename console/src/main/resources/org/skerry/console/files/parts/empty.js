// Nothing to show, and what one may do about it.

import { html } from "../core/html.js";
import { Icon } from "./icon.js";

export function Empty({ icon, title, children }) {
  return html`<div class="empty"><${Icon} name=${icon} /><p><strong>${title}</strong></p>${children}</div>`;
}
