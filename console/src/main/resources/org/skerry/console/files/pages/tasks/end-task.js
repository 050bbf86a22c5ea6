// Ends a running replication. One that a document asks for rests until somebody starts it at the overview; another is gone.

import { html, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { complain, say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { stop } from "../overview/network.js";

export function EndTask({ task, onEnded }) {
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    try {
      await stop({ doc: task.doc_id, database: task.database, id: task.replication_id });
      say(task.doc_id ? t("tasks.stopped") : t("tasks.cancelled"));
      onEnded();
    } catch (problem) {
      complain(problem);
    }
    setBusy(false);
  };
  return html`<span class="row-actions"><${Button} kind="quiet" icon="close" busy=${busy} onClick=${end}>${t("tasks.cancel")}<//></span>`;
}
