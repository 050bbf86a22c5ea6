// The centre: what the node holds at this moment. This is a window into the other side and no part of the tablet; cutting the tablet's line
// does not close it. It asks the node's feed of changes again and again, each time for what is new.

import { api } from "../../core/api.js";
import { isCancelled } from "../../core/problem.js";
import { session } from "../../core/session.js";
import { createState } from "../../core/state.js";
import { msg } from "../../core/language.js";
import { createRecords, DATABASE, PATIENTS } from "./records.js";

const WAIT_MS = 25_000;
const PAUSE_MS = 2_000;

const kept = createRecords();
const live = createState(false);

export const centre = {
  name: "centre",
  title: msg("clinic.centre"),
  text: msg("clinic.centre.text"),
  icon: "network",
  records: kept.records,
  /** Whether what is shown is what the node has. */
  live,
  save: (doc) => api.put([DATABASE, doc._id], { value: doc }),
  version: (id, rev) => api.get([DATABASE, id], { query: { rev } }),
};

export async function followCentre(signal) {
  let since = null;
  while (!signal.aborted) {
    try {
      const feed = since === null ? { since: 0 } : { since, feed: "longpoll", timeout: WAIT_MS };
      const query = { filter: "_selector", include_docs: true, conflicts: true, ...feed };
      const { results, last_seq: last } = await api.post([DATABASE, "_changes"], { query, value: { selector: PATIENTS }, signal });
      kept.take(results.map((row) => row.doc), { first: since === null });
      since = last;
      live.set(true);
    } catch (problem) {
      if (isCancelled(problem) || signal.aborted) {
        return;
      }
      live.set(false);
      await pause(signal);
    }
  }
}

/** A while, and until somebody is signed in again. */
async function pause(signal) {
  do {
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
  } while (session.get().state === "lost" && !signal.aborted);
}
