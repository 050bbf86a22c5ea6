// One side: its patients, and registering one there. Both sides look alike; what differs is where they read and write.

import { html, useState } from "../../core/html.js";
import { language, t, tn } from "../../core/language.js";
import { useShared } from "../../core/state.js";
import { Badge } from "../../parts/badge.js";
import { Button } from "../../parts/button.js";
import { Icon } from "../../parts/icon.js";
import { inOrder, nameOf, read } from "../core/patient.js";
import { PatientForm } from "./patient-form.js";
import { PatientRow } from "./patient-row.js";
import { Versions } from "./versions.js";

/** So that both sides stand on one screen, or nearly so on a phone. */
const NARROW = matchMedia("(max-width: 52rem)");
const first = () => (NARROW.matches ? 3 : 6);

export function Pane({ side, wanted }) {
  const records = useShared(side.records);
  const live = useShared(side.live);
  const [whole, setWhole] = useState(false);
  const [edited, setEdited] = useState(null);
  const [compared, setCompared] = useState(null);
  const found = inOrder([...records.values()].filter((record) => fits(record.doc, wanted)), language.get());
  const shown = whole ? found : found.slice(0, first());
  const id = `pane-${side.name}`;
  return html`
    <section class=${`pane ${side.name}`} aria-labelledby=${id}>
      <header>
        <${Icon} name=${side.icon} />
        <h2 id=${id}>${t(side.title)}</h2>
        ${!live && html`<${Badge} kind="warn">${t("clinic.not_live")}<//>`}
        <span class="soft number">${tn("clinic.patients", records.size)}</span>
      </header>
      <p class="soft about">${t(side.text)}</p>
      <p>
        <${Button} icon="plus" kind=${side.name === "tablet" ? "main" : "plain"} onClick=${() => setEdited({ doc: null })}>${t("clinic.register")}<span class="visually-hidden"> (${t(side.title)})</span><//>
      </p>
      ${found.length === 0
        ? html`<p class="soft">${records.size === 0 ? live && t("clinic.none") : t("clinic.none_found")}</p>`
        : html`
            <ul class="patients">
              ${shown.map(
                (record) => html`
                  <${PatientRow} key=${record.doc._id} side=${side} record=${record} onEdit=${() => setEdited(record)} onCompare=${() => setCompared(record.doc._id)} />
                `,
              )}
            </ul>
          `}
      ${found.length > first() &&
      html`
        <${Button} kind="quiet" aria-expanded=${whole} onClick=${() => setWhole(!whole)}>
          ${whole ? t("clinic.fewer") : t("clinic.all", { count: found.length })}<span class="visually-hidden"> (${t(side.title)})</span>
        <//>
      `}
      ${edited && html`<${PatientForm} side=${side} doc=${edited.doc} onClose=${() => setEdited(null)} />`}
      ${compared && html`<${Versions} side=${side} record=${records.get(compared)} onClose=${() => setCompared(null)} />`}
    </section>
  `;
}

function fits(doc, wanted) {
  const where = `${nameOf(doc)} ${read(doc).city}`.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => where.includes(word));
}
