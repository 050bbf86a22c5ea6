// Breaks off a compaction or an index build. The button stays busy until the task is gone from the list: it ends at its next step.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { complain, say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { indexOf, typeText } from "./task-name.js";

/** Asks the node to end a task: as a server administrator, or with db as the administrator of that database. */
export async function cancelTask(task, db) {
  try {
    await api.delete([...(db ? [db] : []), "_active_tasks", task.pid]);
    return true;
  } catch (problem) {
    if (problem.status === 404) {
      return false;
    }
    throw problem;
  }
}

export function CancelTask({ task, db, onCancelled }) {
  const [busy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    try {
      say((await cancelTask(task, db)) ? t("tasks.cancelling") : t("tasks.gone"));
    } catch (problem) {
      setBusy(false);
      complain(problem);
    }
    onCancelled();
  };
  const name = [typeText(task), task.database, indexOf(task)].filter(Boolean).join(" ");
  return html`
    <span class="row-actions">
      <${Button} kind="quiet" icon="close" busy=${busy} aria-label=${t("tasks.cancel.of", { name })} onClick=${cancel}>${t("tasks.cancel")}<//>
    </span>
  `;
}
