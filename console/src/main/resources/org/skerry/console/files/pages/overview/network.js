// Reads what the network does: four questions at once, each for a page of at most so many rows, so that a node with thousands of
// replications is asked no more than one with three.

import { api } from "../../core/api.js";
import { linksOf } from "./links.js";

export const MOST = 200;

export async function readNetwork(signal) {
  const page = { query: { limit: MOST }, signal };
  const [node, docs, jobs, tasks, refused] = await Promise.all([
    api.get([], { signal }),
    api.get(["_scheduler", "docs"], page),
    api.get(["_scheduler", "jobs"], page),
    api.get(["_active_tasks"], { signal }),
    api.get(["_scheduler", "refused"], page),
  ]);
  return {
    node,
    links: linksOf({ docs: docs.docs, jobs: jobs.jobs, tasks, refused: refused.replications }),
    total: Math.max(docs.total_rows, jobs.total_rows),
    refused: refused.replications,
  };
}

/** Has what a document asks for run now. */
export function runNow(link) {
  return link.doc
    ? api.post(["_scheduler", "docs", ...link.database.split("/"), link.doc, "_run"])
    : api.post(["_scheduler", "jobs", link.id, "_run"]);
}

/** Lets a replication rest until somebody starts it; one that no document asks for ends. */
export function stop(link) {
  return link.doc
    ? api.post(["_scheduler", "docs", ...link.database.split("/"), link.doc, "_stop"])
    : api.post(["_replicate"], { value: { cancel: true, replication_id: link.id } });
}

/** Forgets a replication, and the credentials in its document. */
export async function remove(link) {
  const path = [link.database, link.doc];
  const { _rev: rev } = await api.get(path);
  await api.delete(path, { query: { rev } });
}
