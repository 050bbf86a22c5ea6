// A revision's name, shortened for the eye; whole for those who point at it or copy it.

import { html } from "../../core/html.js";

const SHOWN = 8;

export function ShortRev({ rev }) {
  const [generation, hash] = rev.split(/-(.*)/s);
  return html`<span class="code" title=${rev}>${generation}-${hash.slice(0, SHOWN)}${hash.length > SHOWN && "…"}</span>`;
}
