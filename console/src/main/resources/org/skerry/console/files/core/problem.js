// What goes wrong, told to people: a sentence about what happened, and one about what to do. Every failed call ends as a Problem; a page
// that knows better (a conflict while saving) looks at its kind before it shows the general words.

import { msg, t } from "./language.js";

export class Problem extends Error {
  /**
   * @param status of HTTP; 0 when no answer came
   * @param error CouchDB's short name, such as "conflict"
   * @param reason the node's words
   */
  constructor(status, error, reason) {
    super(reason || error);
    this.name = "Problem";
    this.status = status;
    this.error = error;
    this.reason = reason ?? "";
  }
}

const KNOWN = [
  [(p) => p.status === 0, msg("problem.unreachable"), msg("problem.unreachable.todo")],
  [(p) => p.error === "signed_out", msg("problem.signed_out"), msg("problem.signed_out.todo")],
  [(p) => p.status === 401 || p.status === 403, msg("problem.rights"), msg("problem.rights.todo")],
  [(p) => p.status === 404, msg("problem.missing"), msg("problem.missing.todo")],
  [(p) => p.status === 409, msg("problem.conflict"), msg("problem.conflict.todo")],
  [(p) => p.error === "file_exists", msg("problem.exists"), msg("problem.exists.todo")],
  [(p) => p.status === 412, msg("problem.stale"), msg("problem.stale.todo")],
  [(p) => p.status === 413, msg("problem.large"), msg("problem.large.todo")],
  [(p) => p.status === 507, msg("problem.full"), msg("problem.full.todo")],
  [(p) => p.error === "index_build_cancelled", msg("problem.build_cancelled"), msg("problem.build_cancelled.todo")],
  [(p) => p.status === 503, msg("problem.busy"), msg("problem.busy.todo")],
  [(p) => p.status >= 500, msg("problem.failed"), msg("problem.failed.todo")],
  [(p) => p.status >= 400, msg("problem.refused"), msg("problem.refused.todo")],
];

/**
 * A problem in words.
 *
 * @returns {{what: string, todo: string, detail: string}} detail: what the node said, for those who ask somebody else
 */
export function explain(problem) {
  if (!(problem instanceof Problem)) {
    return { what: t("problem.console"), todo: t("problem.console.todo"), detail: String(problem?.stack ?? problem) };
  }
  const [, what, todo] = KNOWN.find(([fits]) => fits(problem)) ?? KNOWN.at(-1);
  const detail = problem.status === 0 ? "" : `${problem.status} ${problem.error}: ${problem.reason}`;
  return { what: t(what), todo: t(todo), detail };
}

/** Whether somebody gave up waiting: nothing to tell. */
export function isCancelled(problem) {
  return problem?.name === "AbortError";
}
