// Gives the browser the page's files when the node cannot: each is asked for at the node first, and kept as it came. What is no file of the page
// (the API) is left alone: the records are PouchDB's.

const CACHE = "skerry-clinic";
/** The console's files, of which this page's are a part. */
const FILES = new URL("../", self.registration.scope).href;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(FILES)) {
    event.respondWith(newest(request));
  }
});

async function newest(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) {
      await cache.put(request, answer.clone());
    }
    return answer;
  } catch (failure) {
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) {
      return kept;
    }
    throw failure;
  }
}
