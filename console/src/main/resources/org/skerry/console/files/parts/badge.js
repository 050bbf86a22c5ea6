// A word that marks something: the winner, a conflict, a state. kind: "good", "bad", "warn", "info" or "soft"; never colour alone.

import { html } from "../core/html.js";

export function Badge({ kind = "soft", children }) {
  return html`<span class=${`badge ${kind}`}>${children}</span>`;
}
