// The node's API, asked as the signed-in user. All that the console knows goes through here.
//
//   await api.get(["clinic", "_all_docs"], { query: { limit: 20 } })
//   await api.put(["clinic", id], { text, query: { rev } })
//
// A path is a list of segments, each of which is encoded: ids may hold slashes and anything else. What fails is thrown as a Problem. Against
// forged requests from other sites: the session's cookie is not sent along with them (SameSite), and writing takes JSON, which their forms
// cannot send.

import { Problem } from "./problem.js";
import { createState } from "./state.js";

const ROOT = new URL("../../", import.meta.url);

/** Counts sessions that ended while the console was open; session.js looks at it. */
export const lost = createState(0);

export function url(segments, query = {}) {
  if (segments.some((segment) => segment === "." || segment === "..")) {
    throw new Problem(400, "bad_request", "Browsers cannot ask for an id of dots alone. Use curl --path-as-is.");
  }
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) {
      asked.set(name, String(value));
    }
  }
  const target = new URL(segments.map(encodeURIComponent).join("/"), ROOT);
  target.search = asked.toString();
  return target;
}

/** The query value of a JSON parameter, such as startkey. */
export const json = (value) => JSON.stringify(value);

async function problemOf(answer) {
  let told = {};
  try {
    told = await answer.json();
  } catch {
    // No JSON: a proxy answered.
  }
  return answer.status === 401 && !(await isSignedIn())
    ? new Problem(401, "signed_out", told.reason)
    : new Problem(answer.status, told.error ?? "", told.reason ?? answer.statusText);
}

/** 401 may also mean that this user may not do it. */
async function isSignedIn() {
  try {
    const answer = await fetch(url(["_session"]), { cache: "no-store" });
    const known = Boolean((await answer.json()).userCtx?.name);
    if (!known) {
      lost.change((times) => times + 1);
    }
    return known;
  } catch {
    return true;
  }
}

/** Asks, and gives the answer itself: for streams and files. */
export async function ask(method, segments, { query, text, value, signal, headers = {}, quietly = false } = {}) {
  const options = {
    method,
    signal,
    cache: "no-store",
    credentials: "same-origin",
    // Without this the browser would open its own window for a password.
    headers: { Accept: "application/json", "X-CouchDB-WWW-Authenticate": "Cookie", ...headers },
  };
  const body = value === undefined ? text : JSON.stringify(value);
  if (body !== undefined) {
    options.body = body;
    options.headers["Content-Type"] ??= "application/json";
  }
  let answer;
  try {
    answer = await fetch(url(segments, query), options);
  } catch (failure) {
    throw failure.name === "AbortError" || failure instanceof Problem ? failure : new Problem(0, "unreachable", failure.message);
  }
  if (!answer.ok) {
    throw quietly ? new Problem(answer.status, "", answer.statusText) : await problemOf(answer);
  }
  return answer;
}

async function askJson(method, segments, options) {
  const answer = await ask(method, segments, options);
  try {
    return await answer.json();
  } catch (failure) {
    throw failure.name === "AbortError" ? failure : new Problem(0, "unreachable", failure.message);
  }
}

export const api = {
  get: (segments, options) => askJson("GET", segments, options),
  put: (segments, options) => askJson("PUT", segments, options),
  /** Without a body it sends an empty object: the node wants JSON. */
  post: (segments, options = {}) =>
    askJson("POST", segments, options.text === undefined ? { ...options, value: options.value ?? {} } : options),
  delete: (segments, options) => askJson("DELETE", segments, options),
  /** The text as it came: JSON whose numbers keep all digits, which parsing would lose. */
  text: async (segments, options) => (await ask("GET", segments, options)).text(),
};
