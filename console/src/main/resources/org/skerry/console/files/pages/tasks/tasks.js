// What the node works on at the moment, with how far it is. Everything can be ended from here: what it did stays done.

import { html } from "../../core/html.js";
import { api } from "../../core/api.js";
import { useEvery } from "../../core/every.js";
import { formatAgo, formatNumber, formatTime, msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { link as address } from "../../core/routes.js";
import { forAdmins } from "../../parts/admins-only.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { TaskProgress } from "../../parts/task-progress.js";
import { Loaded } from "../../parts/waiting.js";
import { endOf, withoutCredentials } from "../overview/links.js";
import { pendingText } from "../overview/words.js";
import { CancelTask } from "./cancel-task.js";
import { EndTask } from "./end-task.js";
import { indexOf, keyOf, typeText } from "./task-name.js";

const PAUSE_MS = 2000;

function Tasks() {
  const tasks = useLoad((signal) => api.get(["_active_tasks"], { signal }), []);
  useEvery(PAUSE_MS, () => tasks.loading || tasks.reload());
  return html`
    <${PageHead} title=${t("tasks.title")} />
    <${Loaded} of=${tasks}>
      ${(rows) =>
        rows.length === 0
          ? html`<${Empty} icon="check" title=${t("tasks.none")}><p>${t("tasks.none.todo")}</p><//>`
          : html`<${DataTable} label=${t("tasks.title")} columns=${columns(tasks.reload)} rows=${rows} rowKey=${keyOf} />`}
    <//>
  `;
}

const columns = (reload) => [
  { label: t("tasks.kind"), head: true, cell: typeText },
  { label: t("tasks.what"), cell: (task) => html`<${What} task=${task} />` },
  { label: t("tasks.progress"), cell: (task) => html`<${Progress} task=${task} />` },
  { label: t("tasks.started"), cell: (task) => html`<span title=${formatTime(task.started_on * 1000)}>${formatAgo(task.started_on * 1000)}</span>` },
  { label: t("tasks.actions"), hidden: true, cell: (task) => html`<${Ending} task=${task} onEnded=${reload} />` },
];

function Ending({ task, onEnded }) {
  if (task.type === "replication") {
    return html`<${EndTask} task=${task} onEnded=${onEnded} />`;
  }
  return task.cancellable && html`<${CancelTask} task=${task} onCancelled=${onEnded} />`;
}

function What({ task }) {
  if (task.type === "replication") {
    return html`<a href="#/overview">${nameOf(task.source)} → ${nameOf(task.target)}</a>`;
  }
  const more = indexOf(task);
  return html`<span><a href=${address("/databases/:db", { db: task.database })}>${task.database}</a>${more && ` · ${more}`}</span>`;
}

function nameOf(text) {
  const end = endOf(withoutCredentials(text));
  return end.host ? `${end.host}/${end.name}` : end.name;
}

/** A bar for work that has an end, words for replications, which follow. */
function Progress({ task }) {
  if (task.type === "replication") {
    const pending = pendingText({ state: task.state, pending: task.changes_pending });
    return html`<span>${pending && `${pending} · `}${t("tasks.written", { count: formatNumber(task.docs_written) })}</span>`;
  }
  return html`<${TaskProgress} task=${task} />`;
}

export default forAdmins(msg("tasks.title"), Tasks);
