// Short messages about what just happened. They stand in a live region, so that a screen reader says them; a problem stays until it is
// closed, good news goes by itself.

import { createState } from "./state.js";
import { explain, isCancelled } from "./problem.js";

const LIFETIME_MS = 6000;

export const toasts = createState([]);

let last = 0;

function add(toast) {
  last += 1;
  const id = last;
  toasts.change((all) => [...all.slice(-4), { ...toast, id }]);
  return id;
}

export function closeToast(id) {
  toasts.change((all) => all.filter((toast) => toast.id !== id));
}

/** Says that something was done. */
export function say(text) {
  const id = add({ kind: "good", text });
  setTimeout(() => closeToast(id), LIFETIME_MS);
}

/** Tells of a problem; of one that somebody caused by cancelling, nothing. */
export function complain(problem) {
  if (!isCancelled(problem)) {
    const { what, todo, detail } = explain(problem);
    add({ kind: "bad", text: what, todo, detail });
  }
}
