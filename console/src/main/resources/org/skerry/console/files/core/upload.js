// Sending a file with its progress. fetch cannot tell how much was sent, so this is the older XMLHttpRequest.

import { url } from "./api.js";
import { Problem } from "./problem.js";

/** PUTs a file; report is called with bytes sent and bytes in all. */
export function upload(segments, file, { query, type, signal, report }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url(segments, query));
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CouchDB-WWW-Authenticate", "Cookie");
    request.setRequestHeader("Content-Type", type || "application/octet-stream");
    request.upload.addEventListener("progress", (event) => report(event.loaded, event.total));
    request.addEventListener("load", () => {
      const told = request.response ?? {};
      if (request.status >= 200 && request.status < 300) {
        resolve(told);
      } else {
        reject(new Problem(request.status, told.error ?? "", told.reason ?? request.statusText));
      }
    });
    request.addEventListener("error", () => reject(new Problem(0, "unreachable", "")));
    request.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
