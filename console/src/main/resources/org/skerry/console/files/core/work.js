// Work that takes a while: uploads, deleting many documents. It goes on while somebody opens other pages; the shell shows each piece with
// its progress and a button that cancels it.
//
//   await work(t("documents.uploading", { name }), async ({ signal, report }) => { ... report(done, total) ... });
//
// report(undefined) shows work of unknown length. The promise gives what the function gives, and throws what it throws.

import { createState } from "./state.js";

export const works = createState([]);

let last = 0;

export async function work(title, action) {
  last += 1;
  const id = last;
  const control = new AbortController();
  const show = (change) => works.change((all) => all.map((one) => (one.id === id ? { ...one, ...change } : one)));
  works.change((all) => [...all, { id, title, done: undefined, total: undefined, cancel: () => control.abort() }]);
  try {
    return await action({ signal: control.signal, report: (done, total) => show({ done, total }) });
  } finally {
    works.change((all) => all.filter((one) => one.id !== id));
  }
}
