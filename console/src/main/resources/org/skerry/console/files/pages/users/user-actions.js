// Changing a user, and deleting one.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";

export function UserActions({ user, onEdit, onChanged }) {
  const [asking, setAsking] = useState(false);
  const drop = async () => {
    await api.delete(["_users", user._id], { query: { rev: user._rev } });
    say(t("users.deleted", { name: user.name }));
    setAsking(false);
    onChanged();
  };
  return html`
    <span class="row-actions">
      <${Button} kind="quiet" icon="pencil" aria-label=${t("users.edit.one", { name: user.name })} onClick=${onEdit}>${t("users.edit")}<//>
      <${Button} kind="quiet" icon="trash" aria-label=${t("users.delete.one", { name: user.name })} onClick=${() => setAsking(true)}>${t("users.delete")}<//>
    </span>
    ${asking &&
    html`
      <${Confirm} title=${t("users.delete.title", { name: user.name })} text=${t("users.delete.text")} typed=${user.name}
        action=${t("users.delete.do")} onConfirm=${drop} onClose=${() => setAsking(false)} />
    `}
  `;
}
