// What the two forms have in common: a document of _sites with its id, saved as the node likes it.

import { useState } from "../../core/html.js";
import { api } from "../../core/api.js";

export const asList = (text) => [...new Set(text.split(",").map((one) => one.trim()).filter(Boolean))];

/** Sends a document; the first one makes the database, which an administrator may. */
export async function save(doc) {
  try {
    await api.put(["_sites", doc._id], { value: doc });
  } catch (problem) {
    if (problem.status !== 404) {
      throw problem;
    }
    await api.put(["_sites"]);
    await api.put(["_sites", doc._id], { value: doc });
  }
}

/** The state of a form that saves: whether somebody tried, and what the node said. */
export function useSaving(action, faults) {
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    setTried(true);
    if (busy || Object.values(faults).some(Boolean)) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await action();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return { tried, busy, problem, submit };
}
