// Which records were written here and are not known to be at the centre: id to revision. Kept in the tablet's database itself, beside the
// records and not replicated with them (an id with _local/), so that a page that is loaded anew still knows.

import { createState } from "../../core/state.js";

const ID = "_local/pending";

export const pending = createState(new Map());

let saving = Promise.resolve();

export async function loadPending(db) {
  const { revs } = await db.get(ID).catch(() => ({ revs: {} }));
  pending.set(new Map(Object.entries(revs)));
}

function keep(db) {
  const revs = Object.fromEntries(pending.get());
  saving = saving
    .then(async () => {
      const { _rev } = await db.get(ID).catch(() => ({}));
      await db.put({ _id: ID, ...(_rev && { _rev }), revs });
    })
    // The records themselves are safe; only the count could be wrong after loading anew.
    .catch((failure) => console.warn(failure));
  return saving;
}

export function waits(db, id, rev) {
  pending.set(new Map(pending.get()).set(id, rev));
  return keep(db);
}

/** Asks the centre which of them it has by now. */
export async function crossOff(db, remote) {
  const asked = new Map(pending.get());
  if (asked.size === 0) {
    return;
  }
  const missing = await remote.revsDiff(Object.fromEntries([...asked].map(([id, rev]) => [id, [rev]])));
  // What was written again meanwhile waits anew.
  const left = [...pending.get()].filter(([id, rev]) => id in missing || asked.get(id) !== rev);
  if (left.length < pending.get().size) {
    pending.set(new Map(left));
    await keep(db);
  }
}
