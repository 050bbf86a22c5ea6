// Changes one setting, in two steps: the new value, and then what it was beside what it will be, to be confirmed. It can hold for good or
// until the node starts again; deleting it gives back what the settings file or the program says.

import { html, useState } from "../../core/html.js";
import { api, ask } from "../../core/api.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { HIDDEN, isSecret } from "./settings.js";

export function EditSetting({ setting, onClose, onChanged }) {
  const secret = setting.value === HIDDEN || isSecret(setting.section, setting.key);
  const [value, setValue] = useState(setting.value === HIDDEN ? "" : setting.value);
  const [restart, setRestart] = useState(false);
  const [step, setStep] = useState(setting.isNew ? "change" : "edit");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const name = `${setting.section}/${setting.key}`;
  const path = ["_node", "_local", "_config", setting.section, setting.key];
  const headers = restart ? { "X-Couch-Persist": "false" } : {};
  const perform = async (event) => {
    event.preventDefault();
    if (step === "edit") {
      setProblem(null);
      setStep("change");
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      if (step === "delete") {
        await ask("DELETE", path, { headers });
      } else {
        await api.put(path, { value, headers });
      }
      say(t("config.changed", { name }));
      onChanged();
      onClose();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
      setStep(setting.isNew ? "change" : "edit");
    }
  };
  return html`
    <${Dialog} title=${name} onClose=${onClose}>
      <form onSubmit=${perform}>
        ${step === "edit"
          ? html`
              <${Field} label=${t("config.value.new")} type=${secret ? "password" : "text"} hint=${secret && t("config.secret.hint")} value=${value}
                onInput=${setValue} autocomplete="off" autocapitalize="none" spellcheck=${false} autofocus />
            `
          : html`<${Change} setting=${setting} value=${step === "delete" ? t("config.default") : secret ? t("config.hidden") : value} />`}
        <label class="check">
          <input type="checkbox" checked=${restart} onChange=${(event) => setRestart(event.target.checked)} />${t("config.until_restart")}
        </label>
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          ${step === "edit" && html`<${Button} icon="undo" onClick=${() => setStep("delete")}>${t("config.delete")}<//>`}
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind=${step === "delete" ? "danger" : "main"} type="submit" busy=${busy} disabled=${step === "edit" && (secret ? value === "" : value === setting.value)}>
            ${step === "edit" ? t("config.next") : t("config.confirm")}
          <//>
        </div>
      </form>
    <//>
  `;
}

/** The two values side by side. */
function Change({ setting, value }) {
  const before = setting.value === HIDDEN ? t("config.hidden") : setting.value || t("config.empty");
  return html`
    <p><strong>${t("config.sure")}</strong></p>
    <dl class="config-change">
      <div><dt>${t("config.before")}</dt><dd class="code">${setting.isNew ? t("config.nothing") : before}</dd></div>
      <div><dt>${t("config.after")}</dt><dd class="code">${value || t("config.empty")}</dd></div>
    </dl>
  `;
}
