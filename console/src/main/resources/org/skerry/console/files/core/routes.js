// Which page is open stands behind the # of the address, so that it can be bookmarked, sent, and gone back from:
// #/databases/clinic/documents?from=Patient. A route is a pattern ("/databases/:name/documents"); what stands for :name is encoded.
//
// A page with work that is not saved guards it: leaving is then a question first.

import { createState } from "./state.js";

function read() {
  const [path, query = ""] = location.hash.replace(/^#/, "").split(/\?(.*)/s);
  return { path: path || "/", query: Object.fromEntries(new URLSearchParams(query)), hash: location.hash };
}

export const place = createState(read());

/** Where somebody wants to go while a guard holds: the shell asks. */
export const leaving = createState(null);

let guarded = false;

addEventListener("hashchange", () => {
  const next = read();
  if (guarded && next.path !== place.get().path) {
    history.replaceState(null, "", place.get().hash || "#/");
    leaving.set(next.hash);
    return;
  }
  place.set(next);
});

addEventListener("beforeunload", (event) => {
  if (guarded) {
    event.preventDefault();
  }
});

/** While it is on, leaving the page asks first. */
export function guardLeaving(on) {
  guarded = on;
}

/** The answer to that question. */
export function leave(yes) {
  const where = leaving.get();
  leaving.set(null);
  if (yes) {
    guarded = false;
    location.hash = where;
  }
}

/** The values of a path's variables, or null when the pattern does not fit. */
export function matchRoute(pattern, path) {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) {
    return null;
  }
  const values = {};
  for (let i = 0; i < wanted.length; i += 1) {
    if (wanted[i].startsWith(":")) {
      try {
        values[wanted[i].slice(1)] = decodeURIComponent(given[i]);
      } catch {
        return null;
      }
    } else if (wanted[i] !== given[i]) {
      return null;
    }
  }
  return values;
}

/** The address of a page: link("/databases/:name", { name }, { from: "a" }). */
export function link(pattern, values = {}, query = {}) {
  const path = pattern.replace(/:(\w+)/g, (whole, name) => encodeURIComponent(values[name]));
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ""));
  const text = asked.toString();
  return `#${path}${text && `?${text}`}`;
}

/** Opens a page. */
export function go(pattern, values, query) {
  location.hash = link(pattern, values, query);
}

/** Opens a page in place of this one, which "back" then passes over. */
export function goInstead(pattern, values, query) {
  history.replaceState(null, "", link(pattern, values, query));
  place.set(read());
}
