// Reading one document for its page: whole, missing, or deleted, which is not the same.

import { ask } from "../../core/api.js";
import { openDocument } from "../../core/json/document.js";

/** @returns openDocument's parts, or { missing: "deleted" | "missing" } */
export async function readDocument(db, id, { rev, signal } = {}) {
  try {
    const answer = await ask("GET", [db, id], { query: { rev, conflicts: rev ? undefined : true }, signal });
    return openDocument(await answer.text());
  } catch (problem) {
    if (problem.status === 404 && problem.error === "not_found" && ["deleted", "missing"].includes(problem.reason)) {
      return { missing: problem.reason };
    }
    throw problem;
  }
}
