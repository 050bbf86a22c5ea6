// A place that lies in another: a village in a district.

import { html, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { save, useSaving } from "./saving.js";

export function PlaceForm({ place, onClose, onSaved }) {
  const known = Boolean(place._id);
  const [form, setForm] = useState({ id: "", name: place.name ?? "", parent: place.parent ?? "" });
  const faults = { id: !known && form.id.trim() === "" && t("sites.id.missing") };
  const { tried, busy, problem, submit } = useSaving(async () => {
    const id = place._id ?? form.id.trim();
    const doc = { ...place, _id: id, type: "place", name: form.name.trim() || undefined, parent: form.parent.trim() || undefined };
    await save(doc);
    say(t("sites.saved", { name: doc.name ?? doc._id }));
    onSaved();
    onClose();
  }, faults);
  const bind = (name) => ({ value: form[name], error: tried && faults[name], onInput: (value) => setForm({ ...form, [name]: value }), autocapitalize: "none", spellcheck: false, autocomplete: "off" });
  return html`
    <${Dialog} title=${known ? t("sites.edit.one", { name: place.name ?? place._id }) : t("sites.place.create")} onClose=${onClose}>
      <form onSubmit=${submit} novalidate>
        ${!known && html`<${Field} label=${t("sites.id")} hint=${t("sites.id.hint")} ...${bind("id")} autofocus />`}
        <${Field} label=${t("sites.name")} ...${bind("name")} />
        <${Field} label=${t("sites.parent")} hint=${t("sites.parent.hint")} ...${bind("parent")} />
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="main" type="submit" busy=${busy}>${t("sites.save")}<//>
        </div>
      </form>
    <//>
  `;
}
