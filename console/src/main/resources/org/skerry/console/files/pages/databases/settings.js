// What a database is, and what its administrators do with it: figures, compaction, who may use it, which sites get what of it, deleting it.

import { html } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatBytes, formatNumber, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { Scope } from "../sites/scope.js";
import { Loaded } from "../../parts/waiting.js";
import { Compaction } from "./compaction.js";
import { DatabaseHead } from "./database-head.js";
import { DatabaseTasks } from "./database-tasks.js";
import { DeleteDatabase } from "./delete-database.js";
import { Security } from "./security.js";

export default function DatabaseSettings({ params: { db } }) {
  const info = useLoad((signal) => api.get([db], { signal }), [db]);
  return html`
    <${DatabaseHead} db=${db} here="/databases/:db/settings" />
    <${Loaded} of=${info}>
      ${(found) => html`
        <${Figures} found=${found} />
        <${DatabaseTasks} db=${db} />
        <${Compaction} db=${db} running=${found.compact_running} onDone=${info.reload} />
        <${Security} db=${db} />
        <${Scope} db=${db} />
        <${DeleteDatabase} db=${db} count=${found.doc_count} />
      `}
    <//>
  `;
}

function Figures({ found }) {
  const figures = [
    [t("databases.documents"), formatNumber(found.doc_count)],
    [t("databases.deleted"), formatNumber(found.doc_del_count)],
    [t("databases.open_conflicts"), formatNumber(found.conflict_count ?? 0)],
    [t("databases.size.file"), formatBytes(found.sizes.file)],
    [t("databases.size.active"), formatBytes(found.sizes.active)],
    [t("databases.size.external"), formatBytes(found.sizes.external)],
  ];
  return html`
    <section class="card" aria-labelledby="figures">
      <h2 id="figures">${t("databases.figures")}</h2>
      <dl class="figures">${figures.map(([name, value]) => html`<div><dt>${name}</dt><dd class="number">${value}</dd></div>`)}</dl>
    </section>
  `;
}
