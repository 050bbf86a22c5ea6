// What a task is called: its kind, and what it works on.

import { msg, t } from "../../core/language.js";

const TYPES = {
  replication: msg("tasks.type.replication"),
  database_compaction: msg("tasks.type.compaction"),
  view_compaction: msg("tasks.type.view_compaction"),
  indexer: msg("tasks.type.indexer"),
  search_indexer: msg("tasks.type.search_indexer"),
  scope: msg("tasks.type.scope"),
};

export const typeText = ({ type }) => (TYPES[type] ? t(TYPES[type]) : type);

/** The index that is being built, if it is one. */
export const indexOf = (task) => [task.design_document, task.index].filter(Boolean).join(" ");

export const keyOf = (task) => JSON.stringify([task.type, task.pid, task.replication_id, task.database]);
