// A database's feed of changes as it happens: one long answer, a line for each change, an empty line now and then so that both ends know the
// other is there. When the line breaks, it is asked again from the last change seen, after a pause that grows.

import { ask } from "../../core/api.js";
import { isCancelled } from "../../core/problem.js";

const HEARTBEAT_MS = 20_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Follows until signal says otherwise.
 *
 * @param onChanges is given the changes that came together
 * @param onState is given "live", or "broken" with the problem
 */
export async function follow(db, { since, signal, onChanges, onState }) {
  let last = since;
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      const query = { feed: "continuous", since: last, heartbeat: HEARTBEAT_MS };
      const answer = await ask("GET", [db, "_changes"], { query, signal });
      onState("live");
      pause = FIRST_PAUSE_MS;
      for await (const rows of lines(answer.body)) {
        last = rows.at(-1).seq ?? rows.at(-1).last_seq ?? last;
        onChanges(rows.filter((row) => row.id !== undefined));
      }
    } catch (problem) {
      if (isCancelled(problem) || signal.aborted) {
        return;
      }
      onState("broken", problem);
      if (problem.status >= 400 && problem.status < 500) {
        return;
      }
    }
    await waitFor(pause, signal);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
  }
}

/** The JSON lines of a stream, those together that came together. */
async function* lines(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    const rows = parts.filter((line) => line.trim() !== "").map((line) => JSON.parse(line));
    if (rows.length > 0) {
      yield rows;
    }
  }
}

function waitFor(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
