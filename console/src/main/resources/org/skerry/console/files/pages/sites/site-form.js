// A site, new or known. What a form does not show of a document stays in it.

import { html, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { asList, save, useSaving } from "./saving.js";

const text = (value) => (Array.isArray(value) ? value.join(", ") : (value ?? ""));

function documentOf(site, form) {
  const doc = { ...site, _id: site._id ?? form.id.trim() };
  const lists = { users: form.users, roles: form.roles, place: form.place, databases: form.databases };
  for (const [member, value] of Object.entries({ name: form.name.trim() || undefined, depth: form.depth === "" ? undefined : Number(form.depth), search: form.search || undefined })) {
    doc[member] = value;
  }
  for (const [member, words] of Object.entries(lists)) {
    doc[member] = words.trim() === "" ? undefined : asList(words);
  }
  return doc;
}

export function SiteForm({ site, onClose, onSaved }) {
  const known = Boolean(site._id);
  const [form, setForm] = useState({
    id: "",
    name: site.name ?? "",
    users: text(site.users),
    roles: text(site.roles),
    place: text(site.place),
    depth: site.depth === undefined ? "" : String(site.depth),
    databases: text(site.databases),
    search: site.search ?? false,
  });
  const faults = {
    id: !known && form.id.trim() === "" && t("sites.id.missing"),
    depth: !/^\d{0,4}$/.test(form.depth.trim()) && t("sites.depth.wrong"),
  };
  const { tried, busy, problem, submit } = useSaving(async () => {
    const doc = documentOf(site, form);
    await save(doc);
    say(t("sites.saved", { name: doc.name ?? doc._id }));
    onSaved();
    onClose();
  }, faults);
  const bind = (name) => ({ value: form[name], error: tried && faults[name], onInput: (value) => setForm({ ...form, [name]: value }), autocapitalize: "none", spellcheck: false, autocomplete: "off" });
  return html`
    <${Dialog} title=${known ? t("sites.edit.one", { name: site.name ?? site._id }) : t("sites.create")} onClose=${onClose}>
      <form onSubmit=${submit} novalidate>
        ${!known && html`<${Field} label=${t("sites.id")} hint=${t("sites.id.hint")} ...${bind("id")} autofocus />`}
        <${Field} label=${t("sites.name")} ...${bind("name")} />
        <${Field} label=${t("sites.users")} hint=${t("sites.users.hint")} ...${bind("users")} />
        <${Field} label=${t("sites.roles")} hint=${t("sites.roles.hint")} ...${bind("roles")} />
        <${Field} label=${t("sites.places")} hint=${t("sites.places.hint")} ...${bind("place")} />
        <${Field} label=${t("sites.depth")} hint=${t("sites.depth.hint")} inputmode="numeric" ...${bind("depth")} />
        <${Field} label=${t("sites.databases")} hint=${t("sites.databases.hint")} ...${bind("databases")} />
        <label class="check"><input type="checkbox" checked=${form.search} onChange=${(event) => setForm({ ...form, search: event.target.checked })} />${t("sites.search")}</label>
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="main" type="submit" busy=${busy}>${t("sites.save")}<//>
        </div>
      </form>
    <//>
  `;
}
