// The page itself without a line: a service worker (worker.js) gives the browser the files that it has seen, when the node cannot. What this
// visit has loaded before the worker was there is handed to it here. Browsers allow workers at addresses of their own machine and by https only;
// elsewhere the page works as before, and cannot be loaded anew without a line.

const WORKER = new URL("../worker.js", import.meta.url).href;
const FILES = new URL("../../", import.meta.url).href;
/** As in worker.js. */
const CACHE = "skerry-clinic";

/** The only script address that this page may make: Trusted Types let no other through (BrowserRules). */
function workerAddress() {
  const policy = globalThis.trustedTypes?.createPolicy("clinic-worker", { createScriptURL: () => WORKER });
  return policy ? policy.createScriptURL("") : WORKER;
}

export async function keepPage() {
  if (!navigator.serviceWorker || !globalThis.caches) {
    return;
  }
  try {
    await navigator.serviceWorker.register(workerAddress());
    await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    const files = new Set([location.origin + location.pathname, ...loaded.filter((name) => name.startsWith(FILES))]);
    await (await caches.open(CACHE)).addAll([...files]);
    document.documentElement.dataset.kept = "yes";
  } catch (failure) {
    // Storage may be full or forbidden: then the page needs the node to be loaded.
    console.warn(failure);
  }
}
