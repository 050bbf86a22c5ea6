// One satellite: its alarm and what is said of its tables, its two directions, and the way to its document and to what waits.

import { html } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatBytes, formatNumber, msg, t } from "../../core/language.js";
import { link } from "../../core/routes.js";
import { complain, say } from "../../core/toasts.js";
import { LinkButton } from "../../parts/button.js";
import { Notice } from "../../parts/problem-box.js";
import { Flow } from "./flow.js";

const PHASES = { starting: msg("satellites.phase.starting"), following: msg("satellites.phase.following"), stopped: msg("satellites.phase.stopped") };

/** Where capture stands, in words. */
function phase({ phase: name, table, rows_read: rows }) {
  return name === "reading all rows" ? t("satellites.phase.reading", { table, rows: formatNumber(rows) }) : t(PHASES[name]);
}

function pushed({ push, log }) {
  return [
    [t("satellites.phase"), phase(push)],
    [t("satellites.transactions"), formatNumber(push.transactions)],
    [t("satellites.rows"), formatNumber(push.rows)],
    [t("satellites.documents"), formatNumber(push.documents)],
    [t("satellites.refused"), formatNumber(push.refused)],
    [t("satellites.lag"), t("satellites.milliseconds", { count: formatNumber(push.lag_milliseconds) })],
    log?.retained_bytes !== undefined && [t("satellites.retained"), formatBytes(log.retained_bytes)],
  ].filter(Boolean);
}

function pulled({ pull }) {
  return [
    [t("satellites.inserted"), formatNumber(pull.inserted)],
    [t("satellites.updated"), formatNumber(pull.updated)],
    [t("satellites.deleted"), formatNumber(pull.deleted)],
    [t("satellites.waiting"), formatNumber(pull.waiting)],
    [t("satellites.pending"), formatNumber(pull.pending)],
  ];
}

export function Satellite({ satellite, onChanged }) {
  const { satellite: name, database, url, alarm, push, pull } = satellite;
  const run = async (task) => {
    try {
      await api.post(["_postgres", "_status", name, "run"], { query: { task } });
      say(t("satellites.runs", { name }));
      onChanged();
    } catch (problem) {
      complain(problem);
    }
  };
  return html`
    <section class="card" aria-labelledby=${`satellite-${name}`}>
      <div class="section-head">
        <h2 id=${`satellite-${name}`}>${name}</h2>
        <div class="actions">
          <${LinkButton} icon="list" href=${link("/satellites/:name", { name })} aria-label=${`${name}: ${t("satellites.behind")}`}>${t("satellites.behind")}<//>
          <${LinkButton} icon="conflict" href=${link("/databases/:db/conflicts", { db: database })} aria-label=${`${name}: ${t("satellites.conflicts")}`}>${t("satellites.conflicts")}<//>
          <${LinkButton} icon="pencil" href=${link("/databases/:db/documents/:id", { db: "_postgres", id: name })} aria-label=${t("satellites.edit.one", { name })}>${t("satellites.edit")}<//>
        </div>
      </div>
      <p class="soft"><a href=${link("/databases/:db", { db: database })}>${database}</a> ↔ <span class="code">${url}</span></p>
      ${alarm && html`<${Notice} kind="warn"><p>${alarm}</p><//>`}
      ${[...push.schema, ...pull.sequences].map((text) => html`<${Notice} kind="warn"><p>${text}</p><//>`)}
      <div class="pairs">
        <${Flow} satellite=${name} direction="push" flow=${push} facts=${pushed(satellite)} onRun=${() => run("push")} />
        <${Flow} satellite=${name} direction="pull" flow=${pull} facts=${pulled(satellite)} onRun=${() => run("pull")} />
      </div>
    </section>
  `;
}
