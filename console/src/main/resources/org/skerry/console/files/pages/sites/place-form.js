// A place that lies in another: a village in a district.

import { html } from "../../core/html.js";
import { t } from "../../core/language.js";
import { Field } from "../../parts/field.js";
import { DocumentForm } from "./document-form.js";

export function PlaceForm({ place, onClose, onSaved }) {
  const documentOf = (id, form) => ({ ...place, _id: id, type: "place", name: form.name.trim() || undefined, parent: form.parent.trim() || undefined });
  const fields = (bind) => html`<${Field} label=${t("sites.parent")} hint=${t("sites.parent.hint")} ...${bind("parent")} />`;
  return html`<${DocumentForm} doc=${place} createTitle=${t("sites.place.create")} begin=${{ parent: place.parent ?? "" }} documentOf=${documentOf} fields=${fields} onClose=${onClose} onSaved=${onSaved} />`;
}
