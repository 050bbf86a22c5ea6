// A server administrator: a name (when new) and a password.

import { html } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { session } from "../../core/session.js";
import { Notice } from "../../parts/problem-box.js";
import { ADMINS } from "./admins.js";
import { PasswordForm } from "./password-form.js";

export function AdminForm({ name: known, onClose, onSaved }) {
  const save = async ({ name, password }) => {
    await api.put([...ADMINS, name], { value: password });
    return t("users.admins.saved", { name });
  };
  return html`
    <${PasswordForm}
      title=${known ? t("users.admins.password.one", { name: known }) : t("users.admins.create")}
      action=${t("users.save")}
      first=${{ name: known }}
      known=${Boolean(known)}
      notice=${known === session.get().name && html`<${Notice}><p>${t("users.admins.own")}</p><//>`}
      save=${save}
      onClose=${onClose}
      onSaved=${onSaved}
    />
  `;
}
