// Compaction drops the content of old revisions and gives the room back. It runs on the node; this page watches it until it ends.

import { html, useEffect, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { complain, say } from "../../core/toasts.js";
import { isCancelled } from "../../core/problem.js";
import { Button } from "../../parts/button.js";

const PAUSE_MS = 1000;

/** Resolves when the database is no longer compacted. */
async function untilDone(db, signal) {
  while ((await api.get([db], { signal })).compact_running) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    signal.throwIfAborted();
  }
}

export function Compaction({ db, running, onDone }) {
  const [busy, setBusy] = useState(running);
  useEffect(() => {
    if (!busy) {
      return undefined;
    }
    const control = new AbortController();
    untilDone(db, control.signal).then(
      () => {
        setBusy(false);
        say(t("databases.compacted", { name: db }));
        onDone();
      },
      (problem) => {
        if (!isCancelled(problem)) {
          setBusy(false);
          complain(problem);
        }
      },
    );
    return () => control.abort();
  }, [busy]);
  const start = () => api.post([db, "_compact"]).then(() => setBusy(true), complain);
  return html`
    <section class="card" aria-labelledby="compaction">
      <h2 id="compaction">${t("databases.compaction")}</h2>
      <p>${t("databases.compaction.text")}</p>
      ${busy && html`<progress aria-label=${t("databases.compacting")}></progress>`}
      <p><${Button} icon="compress" busy=${busy} onClick=${start}>${t("databases.compaction.do")}<//></p>
    </section>
  `;
}
