// The line between this tablet and the centre, and the switch that cuts it. Everything that the tablet sends or asks goes through here; while
// the line is cut nothing does, and what was under way breaks off, as on a real line. The switch stays as it is when the page is loaded anew.

import { recall, remember } from "../../core/memory.js";
import { createState } from "../../core/state.js";

const SWITCH = "clinic-cut";

export const cut = createState(recall(SWITCH) === "yes");

let underWay = new AbortController();

export function setCut(wanted) {
  remember(SWITCH, wanted ? "yes" : null);
  cut.set(wanted);
  if (wanted) {
    underWay.abort();
    underWay = new AbortController();
  }
}

/** As fetch, over the line. */
export function fetchOverLine(url, options) {
  if (cut.get()) {
    return Promise.reject(new TypeError("The line is cut."));
  }
  const signals = [underWay.signal, options?.signal].filter(Boolean);
  const headers = new Headers(options?.headers);
  // Without this the browser would open its own window for a password.
  headers.set("X-CouchDB-WWW-Authenticate", "Cookie");
  return fetch(url, { ...options, headers, cache: "no-store", signal: AbortSignal.any(signals) });
}
