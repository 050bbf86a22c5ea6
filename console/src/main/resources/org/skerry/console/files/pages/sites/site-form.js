// A site, new or known.

import { html } from "../../core/html.js";
import { t } from "../../core/language.js";
import { Field } from "../../parts/field.js";
import { DocumentForm } from "./document-form.js";
import { asList } from "./saving.js";

const text = (value) => (Array.isArray(value) ? value.join(", ") : (value ?? ""));

function documentOf(site, id, form) {
  const doc = { ...site, _id: id };
  const lists = { users: form.users, roles: form.roles, place: form.place, databases: form.databases };
  for (const [member, value] of Object.entries({ name: form.name.trim() || undefined, depth: form.depth === "" ? undefined : Number(form.depth), search: form.search || undefined })) {
    doc[member] = value;
  }
  for (const [member, words] of Object.entries(lists)) {
    doc[member] = words.trim() === "" ? undefined : asList(words);
  }
  return doc;
}

const faultsOf = (form) => ({ depth: !/^\d{0,4}$/.test(form.depth.trim()) && t("sites.depth.wrong") });

export function SiteForm({ site, onClose, onSaved }) {
  const begin = {
    users: text(site.users),
    roles: text(site.roles),
    place: text(site.place),
    depth: site.depth === undefined ? "" : String(site.depth),
    databases: text(site.databases),
    search: site.search ?? false,
  };
  const fields = (bind, form, set) => html`
    <${Field} label=${t("sites.users")} hint=${t("sites.users.hint")} ...${bind("users")} />
    <${Field} label=${t("sites.roles")} hint=${t("sites.roles.hint")} ...${bind("roles")} />
    <${Field} label=${t("sites.places")} hint=${t("sites.places.hint")} ...${bind("place")} />
    <${Field} label=${t("sites.depth")} hint=${t("sites.depth.hint")} inputmode="numeric" ...${bind("depth")} />
    <${Field} label=${t("sites.databases")} hint=${t("sites.databases.hint")} ...${bind("databases")} />
    <label class="check"><input type="checkbox" checked=${form.search} onChange=${(event) => set("search", event.target.checked)} />${t("sites.search")}</label>
  `;
  return html`<${DocumentForm}
    doc=${site}
    createTitle=${t("sites.create")}
    begin=${begin}
    documentOf=${(id, form) => documentOf(site, id, form)}
    faultsOf=${faultsOf}
    fields=${fields}
    onClose=${onClose}
    onSaved=${onSaved}
  />`;
}
