// What the forms for users and administrators share: a name when it is new, a password twice, and sending it once.

import { html, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";

/**
 * first: what the form holds at the beginning, with the name; known: whether somebody of that name is there already; optional: whether the
 * password may stay as it is; save: sends the form and gives the words that tell so; children: (bind) => more fields.
 */
export function PasswordForm({ title, action, first, known, optional = false, notice, save, onClose, onSaved, children }) {
  const [form, setForm] = useState({ password: "", again: "", ...first });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const faults = {
    name: form.name.trim() === "" && t("users.name.missing"),
    password: !optional && form.password === "" && t("users.password.missing"),
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
      say(await save({ ...form, name: form.name.trim() }));
      onSaved();
      onClose();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <form onSubmit=${submit} novalidate>
        ${notice}
        ${!known && html`<${Field} label=${t("users.name")} ...${bind("name")} autocomplete="off" autocapitalize="none" spellcheck=${false} autofocus />`}
        <${Field} label=${optional ? t("users.password.new") : t("users.password")} type="password" hint=${optional && t("users.password.keep")} ...${bind("password")}
          autocomplete="new-password" autofocus=${known && !optional} />
        <${Field} label=${t("users.password.again")} type="password" ...${bind("again")} autocomplete="new-password" />
        ${children?.(bind)}
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="main" type="submit" busy=${busy}>${action}<//>
        </div>
      </form>
    <//>
  `;
}
