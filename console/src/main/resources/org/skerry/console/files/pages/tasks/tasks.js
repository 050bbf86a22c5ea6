// What the node works on at the moment, with how far it is. Replications end from here; compactions and index builds end by themselves, and
// the node has no way to break them off.

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
import { Loaded } from "../../parts/waiting.js";
import { endOf, withoutCredentials } from "../overview/links.js";
import { pendingText } from "../overview/words.js";
import { EndTask } from "./end-task.js";

const PAUSE_MS = 2000;

const TYPES = {
  replication: msg("tasks.type.replication"),
  database_compaction: msg("tasks.type.compaction"),
  view_compaction: msg("tasks.type.view_compaction"),
  indexer: msg("tasks.type.indexer"),
  search_indexer: msg("tasks.type.search_indexer"),
};

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

const keyOf = (task) => JSON.stringify([task.type, task.pid, task.replication_id, task.database, task.design_document, task.index]);

const columns = (reload) => [
  { label: t("tasks.kind"), head: true, cell: ({ type }) => (TYPES[type] ? t(TYPES[type]) : type) },
  { label: t("tasks.what"), cell: (task) => html`<${What} task=${task} />` },
  { label: t("tasks.progress"), cell: (task) => html`<${Progress} task=${task} />` },
  { label: t("tasks.started"), cell: (task) => html`<span title=${formatTime(task.started_on * 1000)}>${formatAgo(task.started_on * 1000)}</span>` },
  { label: t("tasks.actions"), hidden: true, cell: (task) => task.type === "replication" && html`<${EndTask} task=${task} onEnded=${reload} />` },
];

function What({ task }) {
  if (task.type === "replication") {
    return html`<a href="#/overview">${nameOf(task.source)} → ${nameOf(task.target)}</a>`;
  }
  const more = [task.design_document, task.index].filter(Boolean).join(" ");
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

export default forAdmins(msg("tasks.title"), Tasks);
