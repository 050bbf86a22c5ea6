// The form of a document of _sites, new or known, which is saved as it stands. What it does not show of the document stays in it.

import { html, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { save, useSaving } from "./saving.js";

/**
 * begin: what the fields show at first, by their names; documentOf: the document, of its id and what they show;
 * faultsOf: what is wrong with that, by field; fields: shows them, given `bind` for a field's own properties.
 */
export function DocumentForm({ doc, createTitle, begin, documentOf, faultsOf = () => ({}), fields, onClose, onSaved }) {
  const known = Boolean(doc._id);
  const [form, setForm] = useState({ id: "", name: doc.name ?? "", ...begin });
  const faults = { id: !known && form.id.trim() === "" && t("sites.id.missing"), ...faultsOf(form) };
  const { tried, busy, problem, submit } = useSaving(async () => {
    const saved = documentOf(doc._id ?? form.id.trim(), form);
    await save(saved);
    say(t("sites.saved", { name: saved.name ?? saved._id }));
    onSaved();
    onClose();
  }, faults);
  const set = (name, value) => setForm({ ...form, [name]: value });
  const bind = (name) => ({ value: form[name], error: tried && faults[name], onInput: (value) => set(name, value), autocapitalize: "none", spellcheck: false, autocomplete: "off" });
  return html`
    <${Dialog} title=${known ? t("sites.edit.one", { name: doc.name ?? doc._id }) : createTitle} onClose=${onClose}>
      <form onSubmit=${submit} novalidate>
        ${!known && html`<${Field} label=${t("sites.id")} hint=${t("sites.id.hint")} ...${bind("id")} autofocus />`}
        <${Field} label=${t("sites.name")} ...${bind("name")} />
        ${fields(bind, form, set)}
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="main" type="submit" busy=${busy}>${t("sites.save")}<//>
        </div>
      </form>
    <//>
  `;
}
