// A server administrator: a name (when new) and a password.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { Notice, ProblemBox } from "../../parts/problem-box.js";
import { session } from "../../core/session.js";
import { ADMINS } from "./admins.js";

export function AdminForm({ name: known, onClose, onSaved }) {
  const [form, setForm] = useState({ name: known, password: "", again: "" });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const faults = {
    name: form.name.trim() === "" && t("users.name.missing"),
    password: form.password === "" && t("users.password.missing"),
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
      await api.put([...ADMINS, form.name.trim()], { value: form.password });
      say(t("users.admins.saved", { name: form.name }));
      onSaved();
      onClose();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${known ? t("users.admins.password.one", { name: known }) : t("users.admins.create")} onClose=${onClose}>
      <form onSubmit=${submit} novalidate>
        ${known === session.get().name && html`<${Notice}><p>${t("users.admins.own")}</p><//>`}
        ${!known && html`<${Field} label=${t("users.name")} ...${bind("name")} autocomplete="off" autocapitalize="none" spellcheck=${false} autofocus />`}
        <${Field} label=${t("users.password")} type="password" ...${bind("password")} autocomplete="new-password" autofocus=${Boolean(known)} />
        <${Field} label=${t("users.password.again")} type="password" ...${bind("again")} autocomplete="new-password" />
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="main" type="submit" busy=${busy}>${t("users.save")}<//>
        </div>
      </form>
    <//>
  `;
}
