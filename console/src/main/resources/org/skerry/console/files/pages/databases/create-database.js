// A new database: its name, checked as one types, because the node's rule for names is strict.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { go } from "../../core/routes.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";

const NAME = /^[a-z][a-z0-9_$()+/-]*$/;

export function CreateDatabase({ onClose }) {
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const good = NAME.test(name);
  const create = async (event) => {
    event.preventDefault();
    setTried(true);
    if (!good || busy) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await api.put([name]);
      say(t("databases.created", { name }));
      onClose();
      go("/databases/:db", { db: name });
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${t("databases.create")} onClose=${onClose}>
      <form onSubmit=${create} novalidate>
        <${Field} label=${t("databases.name")} value=${name} onInput=${setName} hint=${t("databases.name.rule")}
          error=${!good && (tried || name !== "") && t("databases.name.wrong")} autocomplete="off" autocapitalize="none" spellcheck=${false} autofocus />
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="main" type="submit" busy=${busy}>${t("databases.create.do")}<//>
        </div>
      </form>
    <//>
  `;
}
