// What the audit log records, grouped as people ask for it, and each action in words.

import { msg } from "../../core/language.js";

export const ACTIONS = {
  signed_in: msg("audit.signed_in"),
  sign_in_failed: msg("audit.sign_in_failed"),
  locked_out: msg("audit.locked_out"),
  signed_out: msg("audit.signed_out"),
  database_created: msg("audit.database_created"),
  database_deleted: msg("audit.database_deleted"),
  database_changed: msg("audit.database_changed"),
  security_changed: msg("audit.security_changed"),
  design_document_changed: msg("audit.design_document_changed"),
  user_created: msg("audit.user_created"),
  user_changed: msg("audit.user_changed"),
  user_deleted: msg("audit.user_deleted"),
  admin_changed: msg("audit.admin_changed"),
  admin_deleted: msg("audit.admin_deleted"),
  config_changed: msg("audit.config_changed"),
  config_deleted: msg("audit.config_deleted"),
  config_reloaded: msg("audit.config_reloaded"),
  certificate_loaded: msg("audit.certificate_loaded"),
  replication_started: msg("audit.replication_started"),
  replication_changed: msg("audit.replication_changed"),
  replication_run: msg("audit.replication_run"),
  replication_stopped: msg("audit.replication_stopped"),
  replication_cancelled: msg("audit.replication_cancelled"),
  purged: msg("audit.purged"),
  conflict_settled: msg("audit.conflict_settled"),
  conflict_settled_by_policy: msg("audit.conflict_settled_by_policy"),
  scope_changed: msg("audit.scope_changed"),
  site_created: msg("audit.site_created"),
  site_changed: msg("audit.site_changed"),
  site_deleted: msg("audit.site_deleted"),
  document_fetched: msg("audit.document_fetched"),
  document_released: msg("audit.document_released"),
  centre_searched: msg("audit.centre_searched"),
  held_discarded: msg("audit.held_discarded"),
  settlement_undone: msg("audit.settlement_undone"),
  conflict_policy_changed: msg("audit.conflict_policy_changed"),
  compacted: msg("audit.compacted"),
  task_cancelled: msg("audit.task_cancelled"),
  backed_up: msg("audit.backed_up"),
  restored: msg("audit.restored"),
  node_started: msg("audit.node_started"),
  node_stopped: msg("audit.node_stopped"),
  events_lost: msg("audit.events_lost"),
  trail_cut: msg("audit.trail_cut"),
};

/** Name, text, and the actions of each group. */
export const GROUPS = [
  ["signins", msg("audit.group.signins"), ["signed_in", "sign_in_failed", "locked_out", "signed_out"]],
  ["failures", msg("audit.group.failures"), ["sign_in_failed", "locked_out", "events_lost", "trail_cut"]],
  ["sites", msg("audit.group.sites"), ["scope_changed", "site_created", "site_changed", "site_deleted", "document_fetched", "document_released", "centre_searched", "held_discarded"]],
  ["settlements", msg("audit.group.settlements"), ["conflict_settled", "conflict_settled_by_policy", "settlement_undone", "conflict_policy_changed"]],
  ["replications", msg("audit.group.replications"), ["replication_started", "replication_changed", "replication_run", "replication_stopped", "replication_cancelled"]],
  ["databases", msg("audit.group.databases"), ["database_created", "database_deleted", "database_changed", "security_changed", "design_document_changed", "purged", "compacted", "task_cancelled"]],
  ["users", msg("audit.group.users"), ["user_created", "user_changed", "user_deleted", "admin_changed", "admin_deleted"]],
  ["node", msg("audit.group.node"), ["config_changed", "config_deleted", "config_reloaded", "certificate_loaded", "backed_up", "restored", "node_started", "node_stopped"]],
];

const BAD = ["sign_in_failed", "locked_out", "events_lost", "trail_cut"];

export const isBad = (action) => BAD.includes(action);
