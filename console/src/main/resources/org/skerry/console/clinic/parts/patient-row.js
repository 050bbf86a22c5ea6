// A patient in a list: the name, what tells people of the same name apart, and what is special about the record at the moment.

import { html } from "../../core/html.js";
import { t, tn } from "../../core/language.js";
import { useShared } from "../../core/state.js";
import { Badge } from "../../parts/badge.js";
import { Icon } from "../../parts/icon.js";
import { nameOf, read } from "../core/patient.js";
import { pending } from "../core/pending.js";
import { gender } from "./gender.js";

export function PatientRow({ side, record, onEdit, onCompare }) {
  const { doc, conflicts, news } = record;
  const name = nameOf(doc);
  const { birthDate, city, phone, gender: code } = read(doc);
  const waits = useShared(pending).has(doc._id) && side.name === "tablet";
  // Two names for one movement: it begins again when the name changes.
  const arrival = news === 0 ? "" : news % 2 === 0 ? "news even" : "news odd";
  return html`
    <li class=${arrival}>
      <div class="who-is">
        <strong>${name}</strong>
        <span class="soft">${[birthDate && t("clinic.born", { date: birthDate }), gender(code), city, phone].filter(Boolean).join(" · ")}</span>
        ${(waits || conflicts.length > 0) &&
        html`
          <span class="badges">
            ${waits && html`<${Badge} kind="warn">${t("clinic.waits_here")}<//>`}
            ${conflicts.length > 0 &&
            html`
              <button type="button" class="badge bad" onClick=${onCompare}>
                <${Icon} name="conflict" />${tn("clinic.versions", conflicts.length + 1)}<span class="visually-hidden">: ${name} (${t(side.title)})</span>
              </button>
            `}
          </span>
        `}
      </div>
      <button type="button" class="icon-button" title=${t("clinic.edit")} onClick=${onEdit}>
        <${Icon} name="pencil" /><span class="visually-hidden">${t("clinic.edit.who", { name })} (${t(side.title)})</span>
      </button>
    </li>
  `;
}
