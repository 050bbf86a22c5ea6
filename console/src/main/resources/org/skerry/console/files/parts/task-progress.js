// How far a piece of work has come that the node does: a bar, and the figures beside it.

import { html } from "../core/html.js";
import { formatNumber, t } from "../core/language.js";

export function TaskProgress({ task }) {
  const done = task.changes_done ?? 0;
  const total = task.total_changes ?? 0;
  const words = t("tasks.done", { done: formatNumber(done), total: formatNumber(total) });
  return html`
    <span class="task-progress">
      <progress max=${Math.max(total, 1)} value=${Math.min(done, Math.max(total, 1))} aria-label=${words}></progress>
      <span class="soft">${words}</span>
    </span>
  `;
}
