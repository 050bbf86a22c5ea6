// Name and password. A wrong one is said beside the fields; the password is kept nowhere.

import { html, useRef, useState } from "../core/html.js";
import { t } from "../core/language.js";
import { signIn } from "../core/session.js";
import { Button } from "./button.js";
import { Field } from "./field.js";
import { Notice, ProblemBox } from "./problem-box.js";

export function SignInForm({ name: known = "" }) {
  const [name, setName] = useState(known);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const form = useRef(null);
  const submit = async (event) => {
    event.preventDefault();
    if (busy) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await signIn(name, password);
    } catch (failure) {
      setProblem(failure);
      setPassword("");
      setBusy(false);
      form.current.querySelector("input[type=password]").focus();
    }
  };
  return html`
    <form class="sign-in-form" ref=${form} onSubmit=${submit}>
      <${Field} label=${t("shell.name")} value=${name} onInput=${setName} name="username" autocomplete="username" autocapitalize="none" spellcheck=${false} required autofocus=${!known} />
      <${Field} label=${t("shell.password")} value=${password} onInput=${setPassword} type="password" name="password" autocomplete="current-password" required autofocus=${Boolean(known)} />
      ${problem && html`<${Refusal} problem=${problem} />`}
      <div class="form-actions"><${Button} kind="main" type="submit" busy=${busy}>${t("shell.sign_in")}<//></div>
    </form>
  `;
}

function Refusal({ problem }) {
  if (problem.status === 401) {
    return html`<div role="alert"><${Notice} kind="warn"><p>${t("shell.wrong_password")}</p><p>${t("shell.wrong_password.todo")}</p><//></div>`;
  }
  if (problem.status === 403) {
    return html`<div role="alert"><${Notice} kind="warn"><p>${t("shell.locked_out")}</p><p>${t("shell.locked_out.todo")}</p><//></div>`;
  }
  return html`<${ProblemBox} problem=${problem} />`;
}
