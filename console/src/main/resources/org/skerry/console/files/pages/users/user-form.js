// A user, new or known: name, password, roles. The password goes to the node, which keeps only its hash, and is never shown again.

import { html } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { Field } from "../../parts/field.js";
import { PasswordForm } from "./password-form.js";

const asList = (text) => [...new Set(text.split(",").map((one) => one.trim()).filter(Boolean))];

async function save(user, { name, password, roles }) {
  const id = user._id ?? `org.couchdb.user:${name}`;
  // Of a known user everything else stays: hashes, and what others keep in the document.
  const before = user._id ? await api.get(["_users", id]) : { type: "user", name };
  const value = { ...before, roles: asList(roles), ...(password && { password }) };
  await api.put(["_users", id], { value });
}

export function UserForm({ user, onClose, onSaved }) {
  const known = Boolean(user._id);
  const saved = async (form) => {
    await save(user, form);
    return known ? t("users.saved", { name: form.name }) : t("users.created", { name: form.name });
  };
  return html`
    <${PasswordForm}
      title=${known ? t("users.edit.title", { name: user.name }) : t("users.create")}
      action=${known ? t("users.save") : t("users.create.do")}
      first=${{ name: user.name ?? "", roles: (user.roles ?? []).join(", ") }}
      known=${known}
      optional=${known}
      save=${saved}
      onClose=${onClose}
      onSaved=${onSaved}
    >
      ${(bind) => html`<${Field} label=${t("users.roles")} hint=${t("users.roles.hint")} ...${bind("roles")} autocomplete="off" autocapitalize="none" spellcheck=${false} />`}
    <//>
  `;
}
