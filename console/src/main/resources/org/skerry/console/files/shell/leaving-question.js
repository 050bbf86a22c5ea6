// Asks before a page with unsaved work is left (core/routes.js, guardLeaving).

import { html } from "../core/html.js";
import { t } from "../core/language.js";
import { leave, leaving } from "../core/routes.js";
import { useShared } from "../core/state.js";
import { Button } from "../parts/button.js";
import { Dialog } from "../parts/dialog.js";

export function LeavingQuestion() {
  const where = useShared(leaving);
  if (where === null) {
    return null;
  }
  return html`
    <${Dialog}
      title=${t("shell.leave")}
      onClose=${() => leave(false)}
      actions=${html`
        <${Button} autofocus onClick=${() => leave(false)}>${t("shell.leave.stay")}<//>
        <${Button} kind="danger" onClick=${() => leave(true)}>${t("shell.leave.discard")}<//>
      `}
    >
      <p>${t("shell.leave.text")}</p>
    <//>
  `;
}
