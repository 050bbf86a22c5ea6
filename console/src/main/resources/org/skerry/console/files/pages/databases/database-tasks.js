// Indexes of one database that are being built, with how far they are; each can be broken off. Whoever does not administer the database sees
// nothing of this. Compactions are shown by their own card.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { useEvery } from "../../core/every.js";
import { t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { DataTable } from "../../parts/data-table.js";
import { TaskProgress } from "../../parts/task-progress.js";
import { CancelTask } from "../tasks/cancel-task.js";
import { indexOf, keyOf, typeText } from "../tasks/task-name.js";

const PAUSE_MS = 2000;

export function DatabaseTasks({ db }) {
  const [allowed, setAllowed] = useState(true);
  const read = async (signal) => {
    try {
      const tasks = await api.get([db, "_active_tasks"], { signal });
      return tasks.filter((task) => task.type !== "database_compaction");
    } catch (problem) {
      if (problem.status === 401 || problem.status === 403) {
        setAllowed(false);
        return [];
      }
      throw problem;
    }
  };
  const tasks = useLoad(read, [db]);
  useEvery(PAUSE_MS, () => allowed && !tasks.loading && tasks.reload());
  if (!tasks.value?.length) {
    return null;
  }
  return html`
    <section class="card" aria-labelledby="database-tasks">
      <h2 id="database-tasks">${t("tasks.of_database")}</h2>
      <p>${t("tasks.of_database.text")}</p>
      <${DataTable} label=${t("tasks.of_database")} columns=${columns(db, tasks.reload)} rows=${tasks.value} rowKey=${keyOf} />
    </section>
  `;
}

const columns = (db, reload) => [
  { label: t("tasks.what"), head: true, cell: (task) => `${typeText(task)} · ${indexOf(task)}` },
  { label: t("tasks.progress"), cell: (task) => html`<${TaskProgress} task=${task} />` },
  { label: t("tasks.actions"), hidden: true, cell: (task) => task.cancellable && html`<${CancelTask} task=${task} db=${db} onCancelled=${reload} />` },
];
