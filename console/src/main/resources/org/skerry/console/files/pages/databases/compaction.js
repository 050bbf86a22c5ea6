// Compaction drops the content of old revisions and gives the room back. It runs on the node; this page watches it until it ends, and can
// break it off.

import { html, useEffect, useRef, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { complain, say } from "../../core/toasts.js";
import { isCancelled } from "../../core/problem.js";
import { Button } from "../../parts/button.js";
import { TaskProgress } from "../../parts/task-progress.js";
import { cancelTask } from "../tasks/cancel-task.js";

const PAUSE_MS = 1000;

/** The compaction that runs, if one does. */
async function running(db, signal) {
  try {
    const tasks = await api.get([db, "_active_tasks"], { signal });
    return tasks.find((task) => task.type === "database_compaction");
  } catch (problem) {
    if (problem.status === 401 || problem.status === 403) {
      return null; // Who does not administer the database sees that it is compacted, and no more.
    }
    throw problem;
  }
}

/** Resolves when the database is no longer compacted. */
async function untilDone(db, signal, onProgress) {
  while ((await api.get([db], { signal })).compact_running) {
    onProgress(await running(db, signal));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    signal.throwIfAborted();
  }
}

export function Compaction({ db, running: begun, onDone }) {
  const [busy, setBusy] = useState(begun);
  const [task, setTask] = useState(null);
  const cancelled = useRef(false);
  useEffect(() => {
    if (!busy) {
      return undefined;
    }
    const control = new AbortController();
    untilDone(db, control.signal, setTask).then(
      () => {
        setBusy(false);
        say(cancelled.current ? t("databases.compaction.cancelled", { name: db }) : t("databases.compacted", { name: db }));
        cancelled.current = false;
        setTask(null);
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
      ${busy && (task ? html`<p><${TaskProgress} task=${task} /></p>` : html`<progress aria-label=${t("databases.compacting")}></progress>`)}
      <p class="button-row">
        <${Button} icon="compress" busy=${busy} onClick=${start}>${t("databases.compaction.do")}<//>
        ${busy && task && html`<${Cancel} db=${db} task=${task} onCancelled=${() => (cancelled.current = true)} />`}
      </p>
    </section>
  `;
}

function Cancel({ db, task, onCancelled }) {
  const [busy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    try {
      if (await cancelTask(task, db)) {
        onCancelled();
      }
    } catch (problem) {
      setBusy(false);
      complain(problem);
    }
  };
  return html`<${Button} icon="close" busy=${busy} onClick=${cancel}>${t("databases.compaction.cancel")}<//>`;
}
