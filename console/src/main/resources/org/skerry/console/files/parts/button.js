// Buttons, and links that look like them. kind: "main" for the one that a page is about, "danger" for what cannot be taken back, "plain"
// for all others. busy shows that what it started still runs, and keeps it from starting twice.

import { html } from "../core/html.js";
import { Icon } from "./icon.js";

export function Button({ kind = "plain", icon, busy = false, disabled = false, type = "button", onClick, children, ...more }) {
  // Not "disabled" while busy: that would throw the focus away.
  const press = (event) => (busy ? event.preventDefault() : onClick?.(event));
  return html`
    <button ...${more} type=${type} class=${`button ${kind}`} disabled=${disabled} aria-busy=${busy} onClick=${press}>
      ${icon && html`<${Icon} name=${icon} />`}<span>${children}</span>
    </button>
  `;
}

export function LinkButton({ kind = "plain", icon, href, children, ...more }) {
  return html`
    <a ...${more} class=${`button ${kind}`} href=${href}>${icon && html`<${Icon} name=${icon} />`}<span>${children}</span></a>
  `;
}
