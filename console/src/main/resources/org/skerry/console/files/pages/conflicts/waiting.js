// How many conflicts wait in the databases that this user may see: for the navigation and the desk's first page. Server administrators see
// all databases; others those that they opened with this browser. Each database tells its own number, so this costs nothing per document.

import { api } from "../../core/api.js";
import { createState } from "../../core/state.js";
import { session } from "../../core/session.js";
import { opened } from "../databases/opened.js";

const PAGE = 200;
const MOST_DATABASES = 2_000;
const FRESH_MS = 15_000;

/** null: not known yet. more: there are databases that were not asked. */
export const waiting = createState(null);

let asked = 0;

async function everywhere(signal) {
  const found = [];
  for (let skip = 0; skip < MOST_DATABASES; skip += PAGE) {
    const rows = await api.get(["_dbs_info"], { query: { skip, limit: PAGE }, signal });
    found.push(...rows.filter((row) => row.info).map((row) => row.info));
    if (rows.length < PAGE) {
      return { found, more: false };
    }
  }
  return { found, more: true };
}

async function whereOpened(signal) {
  const infos = await Promise.all(opened().map((db) => api.get([db], { signal }).catch(() => null)));
  return { found: infos.filter(Boolean), more: false };
}

/** Asks all databases. @returns {{databases: [{name, count}], total, more}} the most conflicts first */
export async function readWaiting(signal) {
  asked = Date.now();
  const { found, more } = await (session.get().isAdmin ? everywhere(signal) : whereOpened(signal));
  const databases = found
    .filter((info) => info.conflict_count > 0)
    .map((info) => ({ name: info.db_name, count: info.conflict_count }))
    .sort((left, right) => right.count - left.count || (left.name < right.name ? -1 : 1));
  const now = { databases, total: databases.reduce((sum, one) => sum + one.count, 0), more };
  waiting.set(now);
  return now;
}

/** Asks again, unless that was a moment ago; what fails leaves the number as it was. */
export function freshen({ now = false } = {}) {
  if (now || Date.now() - asked > FRESH_MS) {
    readWaiting().catch(() => {});
  }
}
