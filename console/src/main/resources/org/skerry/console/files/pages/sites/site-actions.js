// Changing and removing a site or a place. Nothing is deleted with it but the document that names it; a site's users see their part no more.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";

export function SiteActions({ doc, onEdit, onChanged }) {
  const [asking, setAsking] = useState(false);
  const name = doc.name ?? doc._id;
  const drop = async () => {
    await api.delete(["_sites", doc._id], { query: { rev: doc._rev } });
    say(t("sites.removed", { name }));
    setAsking(false);
    onChanged();
  };
  return html`
    <span class="row-actions">
      <${Button} kind="quiet" icon="pencil" aria-label=${t("sites.edit.one", { name })} onClick=${onEdit}>${t("sites.edit")}<//>
      <${Button} kind="quiet" icon="trash" aria-label=${t("sites.remove.one", { name })} onClick=${() => setAsking(true)}>${t("sites.remove")}<//>
    </span>
    ${asking &&
    html`
      <${Confirm} title=${t("sites.remove.title", { name })} text=${doc.type === "place" ? t("sites.place.remove.text") : t("sites.remove.text")} typed=${doc._id}
        action=${t("sites.remove")} onConfirm=${drop} onClose=${() => setAsking(false)} />
    `}
  `;
}
