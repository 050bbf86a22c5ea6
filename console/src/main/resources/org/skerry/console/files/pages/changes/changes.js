// What changes in a database, live: the newest on top. It can be paused, to read in peace; what comes meanwhile is kept, and shown when it
// goes on.

import { html, useEffect, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatTime, t, tn } from "../../core/language.js";
import { isCancelled } from "../../core/problem.js";
import { link } from "../../core/routes.js";
import { revived } from "../../core/session.js";
import { useShared } from "../../core/state.js";
import { Badge } from "../../parts/badge.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { DatabaseHead } from "../databases/database-head.js";
import { ShortRev } from "../documents/short-rev.js";
import { follow } from "./follow.js";

/** Changes from before the page was opened, and how many are kept at most. */
const BEFORE = 20;
const MOST = 500;

export default function Changes({ params: { db } }) {
  const { rows, state, problem, restart } = useChanges(db);
  const [pausedAt, setPausedAt] = useState(null);
  const shown = pausedAt ?? rows;
  const waiting = pausedAt ? rows.filter((row) => row.number > (pausedAt[0]?.number ?? 0)).length : 0;
  const toggle = () => setPausedAt(pausedAt ? null : rows);
  return html`
    <${DatabaseHead}
      db=${db}
      here="/databases/:db/changes"
      actions=${html`<${Button} icon=${pausedAt ? "play" : "pause"} onClick=${toggle}>${pausedAt ? t("changes.go_on") : t("changes.pause")}<//>`}
    />
    <p role="status"><${State} state=${pausedAt ? "paused" : state} /> ${waiting > 0 && tn("changes.waiting", waiting)}</p>
    ${problem && html`<${ProblemBox} problem=${problem} onRetry=${restart} />`}
    ${shown.length > 0 && html`<${DataTable} label=${t("databases.tab.changes")} columns=${columns(db)} rows=${shown} rowKey=${(row) => row.number} />`}
    ${shown.length === 0 && state === "live" && html`<${Empty} icon="live" title=${t("changes.none")}><p>${t("changes.none.todo")}</p><//>`}
  `;
}

function State({ state }) {
  switch (state) {
    case "live":
      return html`<${Badge} kind="good">${t("changes.live")}<//>`;
    case "broken":
      return html`<${Badge} kind="bad">${t("changes.broken")}<//>`;
    case "paused":
      return html`<${Badge} kind="warn">${t("changes.paused")}<//>`;
    default:
      return html`<${Badge}>${t("changes.starting")}<//>`;
  }
}

/** The last changes, and then those that come; newest first, numbered as they came. */
function useChanges(db) {
  const [rows, setRows] = useState([]);
  const [state, setState] = useState("starting");
  const [problem, setProblem] = useState(null);
  const [round, setRound] = useState(0);
  const again = useShared(revived);
  useEffect(() => {
    setRows([]);
    const control = new AbortController();
    let number = 0;
    const add = (more, at) => {
      const numbered = more.map((row) => ({ ...row, at, number: (number += 1) }));
      setRows((before) => [...numbered.reverse(), ...before].slice(0, MOST));
    };
    const show = (next, failure = null) => {
      setState(next);
      setProblem(failure);
    };
    const run = async () => {
      const before = await api.get([db, "_changes"], { query: { descending: true, limit: BEFORE }, signal: control.signal });
      add([...before.results].reverse(), null);
      const since = before.results[0]?.seq ?? "0";
      await follow(db, { since, signal: control.signal, onChanges: (more) => add(more, Date.now()), onState: show });
    };
    run().catch((failure) => !isCancelled(failure) && show("broken", failure));
    return () => control.abort();
  }, [db, round, again]);
  return { rows, state, problem, restart: () => setRound(round + 1) };
}

function columns(db) {
  return [
    {
      label: t("documents.id"),
      head: true,
      cell: (row) => html`<a href=${link("/databases/:db/documents/:id", { db, id: row.id })}>${row.id}</a>`,
    },
    {
      label: t("documents.rev"),
      cell: (row) => html`<span class="badges">${row.changes.map(({ rev }) => html`<${ShortRev} rev=${rev} />`)}</span>`,
    },
    { label: t("databases.state"), cell: (row) => row.deleted && html`<${Badge} kind="bad">${t("history.tombstone")}<//>` },
    { label: t("changes.seen"), cell: (row) => (row.at ? formatTime(row.at) : html`<span class="soft">${t("changes.before")}</span>`) },
  ];
}
