// A list of patients as one side has it, kept up to date change by change: id to { doc, conflicts, news }. news counts the changes that came
// after the first reading, so that what just arrived can be seen to arrive.

import { createState } from "../../core/state.js";

/** The database of `skerry demo`. */
export const DATABASE = "records";

/** What of it a clinic's tablet needs: its patients, and what was deleted, of which nothing tells any more what it was. */
export const PATIENTS = { $or: [{ resourceType: "Patient" }, { _deleted: true }] };

export const isPatient = (id) => id.startsWith("Patient/");

export function createRecords() {
  const records = createState(new Map());
  return {
    records,
    /** Takes documents as feeds give them, with _conflicts where there are any. */
    take(docs, { first = false } = {}) {
      const next = new Map(records.get());
      for (const { _conflicts: conflicts = [], ...doc } of docs.filter(({ _id: id }) => isPatient(id))) {
        const known = next.get(doc._id);
        if (doc._deleted) {
          next.delete(doc._id);
        } else {
          next.set(doc._id, { doc, conflicts, news: first ? 0 : (known?.news ?? 0) + 1 });
        }
      }
      records.set(next);
    },
    clear() {
      records.set(new Map());
    },
  };
}
