// A patient who was changed on both sides: all versions beside each other, as this side has them, and the way to where it is settled.

import { html } from "../../core/html.js";
import { formatTime, msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { link } from "../../core/routes.js";
import { Badge } from "../../parts/badge.js";
import { LinkButton } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { Waiting } from "../../parts/waiting.js";
import { changedAt, nameOf, read, sourceOf } from "../core/patient.js";
import { DATABASE } from "../core/records.js";
import { gender } from "./gender.js";

/** Of the console: where a conflict is settled. */
const DESK = "/databases/:db/documents/:id/conflict";

const ROWS = [
  [msg("clinic.name"), nameOf],
  [msg("clinic.birth_date"), (doc) => read(doc).birthDate],
  [msg("clinic.gender"), (doc) => gender(read(doc).gender)],
  [msg("clinic.phone"), (doc) => read(doc).phone],
  [msg("clinic.city"), (doc) => read(doc).city],
];

const SOURCES = { tablet: msg("clinic.tablet"), centre: msg("clinic.centre") };

export function Versions({ side, record, onClose }) {
  const revs = record ? [record.doc._rev, ...record.conflicts] : [];
  const { value, problem, reload } = useLoad(() => Promise.all(revs.map((rev) => side.version(record.doc._id, rev))), [revs.join()]);
  const id = record?.doc._id ?? "";
  const actions = html`
    <${LinkButton} kind="main" icon="conflict" href=${`../${link(DESK, { db: DATABASE, id })}`} target="_blank">${t("clinic.settle")}<span class="visually-hidden"> ${t("clinic.new_tab")}</span><//>
  `;
  return html`
    <${Dialog} title=${t("clinic.compare", { name: record ? nameOf(record.doc) : "" })} wide=${true} onClose=${onClose} actions=${actions}>
      <p>${t("clinic.compare.text")}</p>
      ${problem ? html`<${ProblemBox} problem=${problem} onRetry=${reload} />` : value ? html`<${Table} docs=${value} />` : html`<${Waiting} />`}
    <//>
  `;
}

function Table({ docs }) {
  return html`
    <div class="versions" role="region" aria-label=${t("clinic.all_versions")} tabindex="0">
      <table>
        <thead>
          <tr>
            <td></td>
            ${docs.map(
              (doc, i) => html`
                <th scope="col">
                  ${t("clinic.version", { number: i + 1 })} ${i === 0 && html`<${Badge} kind="info">${t("clinic.shown")}<//>`}
                  <small class="soft">${written(doc)}</small>
                </th>
              `,
            )}
          </tr>
        </thead>
        <tbody>
          ${ROWS.map(([label, of]) => html`<${Row} label=${t(label)} values=${docs.map(of)} />`)}
        </tbody>
      </table>
    </div>
  `;
}

function Row({ label, values }) {
  const differs = values.some((value) => value !== values[0]);
  return html`
    <tr class=${differs ? "differs" : undefined}>
      <th scope="row">${label}${differs && html` <${Badge} kind="bad">${t("clinic.differs")}<//>`}</th>
      ${values.map((value) => html`<td>${value || "–"}</td>`)}
    </tr>
  `;
}

/** Where and when. */
function written(doc) {
  const source = sourceOf(doc);
  return [Object.hasOwn(SOURCES, source) ? t(SOURCES[source]) : source, changedAt(doc) && formatTime(changedAt(doc))].filter(Boolean).join(", ");
}
