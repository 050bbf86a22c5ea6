// The rules by which conflicts of a database settle themselves: as a form, or as the JSON that it stands for. The node checks them; what it
// finds wrong is said here. Only a database's administrators can save.

import { html, useEffect, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { rulesForForm, rulesFromForm } from "../../core/conflict/rules.js";
import { checkArray, checkObject } from "../../core/json/check.js";
import { find } from "../../core/json/pointer.js";
import { readJson } from "../../core/json/read.js";
import { indented, oneLine } from "../../core/json/write.js";
import { t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { guardLeaving } from "../../core/routes.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { JsonEditor } from "../../parts/json-editor.js";
import { Notice, ProblemBox } from "../../parts/problem-box.js";
import { Loaded } from "../../parts/waiting.js";
import { ShortRev } from "../documents/short-rev.js";
import { DeskHead } from "./desk-head.js";
import { POLICY } from "./routes.js";
import { RulesForm } from "./policy/rules-form.js";

async function read(db, signal) {
  const whole = readJson(await api.text([db, "_conflict_policy"], { signal }));
  const text = (name) => {
    const value = find(whole, [name]);
    return value && JSON.parse(oneLine(value));
  };
  return { rev: text("_rev"), problem: text("problem"), rules: indented(find(whole, ["rules"])) };
}

export default function Policy({ params: { db } }) {
  const found = useLoad((signal) => read(db, signal), [db]);
  return html`
    <${DeskHead} db=${db} here=${POLICY} />
    <${Loaded} of=${found}>
      ${(policy) => html`
        <p class="soft">${t("conflicts.policy.what")}${policy.rev && html`${" "}${t("conflicts.policy.rev")} <${ShortRev} rev=${policy.rev} />`}</p>
        ${policy.problem && html`<${Notice} kind="warn"><p><strong>${t("conflicts.policy.problem")}</strong></p><p lang="en">${policy.problem}</p><//>`}
        <${Editor} key=${policy.rev} db=${db} policy=${policy} onSaved=${found.reload} />
      `}
    <//>
  `;
}

function Editor({ db, policy, onSaved }) {
  const [text, setText] = useState(policy.rules);
  const [form, setForm] = useState(() => rulesForForm(policy.rules));
  const [fault, setFault] = useState(null);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    guardLeaving(touched);
    return () => guardLeaving(false);
  }, [touched]);
  const isForm = form !== null;
  const wrongSelector = isForm && form.some((rule) => rule.selector.trim() && checkObject(rule.selector));
  const change = (set) => (value) => {
    set(value);
    setFault(null);
    setTouched(true);
  };
  const toJson = () => {
    setText(rulesFromForm(form));
    setForm(null);
  };
  const toForm = () => {
    const wrong = checkArray(text);
    setFault(wrong);
    setProblem(null);
    setForm(wrong ? null : rulesForForm(text));
  };
  const save = async (event) => {
    event.preventDefault();
    const wrong = isForm ? null : checkArray(text);
    setFault(wrong);
    setProblem(null);
    if (wrong || wrongSelector || busy) {
      return;
    }
    setBusy(true);
    try {
      const rev = policy.rev ? `"_rev": ${JSON.stringify(policy.rev)}, ` : "";
      await api.put([db, "_conflict_policy"], { text: `{${rev}"rules": ${isForm ? rulesFromForm(form) : text}}` });
      guardLeaving(false);
      setTouched(false);
      say(t("conflicts.policy.saved"));
      onSaved();
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  };
  const unusual = !isForm && !checkArray(text) && rulesForForm(text) === null;
  return html`
    <form onSubmit=${save} novalidate>
      <div class="section-head">
        <h2>${t("conflicts.policy.rules")}</h2>
        <${Button} icon="document" aria-pressed=${!isForm} disabled=${isForm ? wrongSelector : unusual} onClick=${isForm ? toJson : toForm}>JSON<//>
      </div>
      ${unusual && html`<${Notice}><p>${t("conflicts.policy.unusual")}</p><//>`}
      ${isForm
        ? html`<${RulesForm} rules=${form} onRules=${change(setForm)} />`
        : html`<section class="card"><${JsonEditor} label=${t("conflicts.policy.rules")} value=${text} onInput=${change(setText)} check=${checkArray} fault=${fault} /></section>`}
      ${problem && html`<${ProblemBox} problem=${problem} />`}
      <div class="form-actions">
        <${Button} kind="main" type="submit" busy=${busy} disabled=${!touched}>${t("conflicts.policy.save")}<//>
      </div>
    </form>
  `;
}
