// A user, new or known: name, password, roles. The password goes to the node, which keeps only its hash, and is never shown again.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";

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
  const [form, setForm] = useState({ name: user.name ?? "", password: "", again: "", roles: (user.roles ?? []).join(", ") });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const faults = {
    name: form.name.trim() === "" && t("users.name.missing"),
    password: !known && form.password === "" && t("users.password.missing"),
    again: form.password !== form.again && t("users.password.differs"),
  };
  const bind = (name) => ({ value: form[name], error: tried && faults[name], onInput: (text) => setForm({ ...form, [name]: text }) });
  const submit = async (event) => {
    event.preventDefault();
    setTried(true);
    if (busy || Object.values(faults).some(Boolean)) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await save(user, { ...form, name: form.name.trim() });
      say(known ? t("users.saved", { name: form.name }) : t("users.created", { name: form.name }));
      onSaved();
      onClose();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${known ? t("users.edit.title", { name: user.name }) : t("users.create")} onClose=${onClose}>
      <form onSubmit=${submit} novalidate>
        ${!known && html`<${Field} label=${t("users.name")} ...${bind("name")} autocomplete="off" autocapitalize="none" spellcheck=${false} autofocus />`}
        <${Field} label=${known ? t("users.password.new") : t("users.password")} type="password" hint=${known && t("users.password.keep")} ...${bind("password")} autocomplete="new-password" />
        <${Field} label=${t("users.password.again")} type="password" ...${bind("again")} autocomplete="new-password" />
        <${Field} label=${t("users.roles")} hint=${t("users.roles.hint")} ...${bind("roles")} autocomplete="off" autocapitalize="none" spellcheck=${false} />
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="main" type="submit" busy=${busy}>${known ? t("users.save") : t("users.create.do")}<//>
        </div>
      </form>
    <//>
  `;
}
