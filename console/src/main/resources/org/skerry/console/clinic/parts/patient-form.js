// Registering a patient, or changing one. It is written to the side where the form was opened, and only there.

import { html, useRef, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Choice, Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { Problem } from "../../core/problem.js";
import { nameOf, newPatient, read, write } from "../core/patient.js";
import { GENDERS, gender } from "./gender.js";

const FORM = "patient-form";
const WHOLE_DATE = /^(\d{4}-\d{2}-\d{2})?$/;

export function PatientForm({ side, doc, onClose }) {
  const [fields, setFields] = useState(doc ? read(doc) : read({}));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const [nameless, setNameless] = useState(false);
  const form = useRef(null);
  // A date that is only a year or a month stays one.
  const [dateType] = useState(WHOLE_DATE.test(fields.birthDate) ? "date" : "text");
  const field = (name) => ({ value: fields[name], onInput: (value) => setFields((all) => ({ ...all, [name]: value })) });
  const submit = async (event) => {
    event.preventDefault();
    if (busy) {
      return;
    }
    if (fields.given.trim() === "" && fields.family.trim() === "") {
      setNameless(true);
      form.current.querySelector("input").focus();
      return;
    }
    setBusy(true);
    try {
      const next = doc ? write(doc, fields, side.name) : newPatient(fields, side.name);
      await side.save(next);
      say(t("clinic.saved", { name: nameOf(next), side: t(side.title) }));
      onClose();
    } catch (failure) {
      // PouchDB's own failures have the node's words and numbers.
      setProblem(failure instanceof Problem ? failure : new Problem(failure.status ?? 500, failure.name, failure.reason ?? failure.message));
      setBusy(false);
    }
  };
  const codes = GENDERS.includes(fields.gender) || fields.gender === "" ? GENDERS : [...GENDERS, fields.gender];
  const title = doc ? t("clinic.edit.who", { name: nameOf(doc) }) : t("clinic.register");
  const actions = html`
    <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
    <${Button} kind="main" type="submit" form=${FORM} busy=${busy}>${t("clinic.save")}<//>
  `;
  return html`
    <${Dialog} title=${title} onClose=${onClose} actions=${actions}>
      <p class="soft">${t("clinic.writes", { side: t(side.title) })}</p>
      ${problem && html`<${ProblemBox} problem=${problem} />`}
      <form id=${FORM} class="patient-form" ref=${form} onSubmit=${submit} autocomplete="off">
        <${Field} label=${t("clinic.given")} autofocus=${true} error=${nameless && t("clinic.nameless")} ...${field("given")} />
        <${Field} label=${t("clinic.family")} ...${field("family")} />
        <${Field} label=${t("clinic.birth_date")} type=${dateType} ...${field("birthDate")} />
        <${Choice} label=${t("clinic.gender")} options=${[["", "–"], ...codes.map((code) => [code, gender(code)])]} ...${field("gender")} />
        <${Field} label=${t("clinic.phone")} type="tel" ...${field("phone")} />
        <${Field} label=${t("clinic.city")} ...${field("city")} />
      </form>
    <//>
  `;
}
