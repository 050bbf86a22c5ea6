// Pages of a long list: back, forward, and what is shown. A list that knows no total says only its page.

import { html } from "../core/html.js";
import { t } from "../core/language.js";
import { Button } from "./button.js";

export function Pager({ words, onBack, onForward }) {
  return html`
    <nav class="pager" aria-label=${t("shell.pager")}>
      <${Button} icon="back" disabled=${!onBack} onClick=${onBack}>${t("shell.pager.back")}<//>
      <span class="soft" role="status">${words}</span>
      <${Button} icon="forward" disabled=${!onForward} onClick=${onForward}>${t("shell.pager.forward")}<//>
    </nav>
  `;
}
