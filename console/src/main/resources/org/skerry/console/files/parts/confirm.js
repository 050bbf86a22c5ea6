// A question before something that cannot be taken back. With typed, the name of what goes must be typed first.

import { html, useState } from "../core/html.js";
import { t } from "../core/language.js";
import { Button } from "./button.js";
import { Dialog } from "./dialog.js";
import { Field } from "./field.js";
import { ProblemBox } from "./problem-box.js";

export function Confirm({ title, text, typed, action, onConfirm, onClose }) {
  const [given, setGiven] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const ready = !typed || given === typed;
  const submit = async (event) => {
    event.preventDefault();
    if (!ready || busy) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <form onSubmit=${submit}>
        <p>${text}</p>
        ${typed &&
        html`<${Field} label=${t("shell.type_name", { name: typed })} value=${given} onInput=${setGiven} autocomplete="off" spellcheck=${false} autofocus />`}
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} autofocus=${!typed} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="danger" type="submit" busy=${busy} disabled=${!ready}>${action}<//>
        </div>
      </form>
    <//>
  `;
}
