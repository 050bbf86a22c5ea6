// A new replication by form: from where, to where, which documents, once or for good. An end that is an address asks for a user, too.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { msg, t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Choice, Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { documentOf, EMPTY, faultsOf, isAddress } from "./replication-document.js";

const FAULTS = {
  missing: msg("overview.form.missing"),
  address: msg("overview.form.address"),
  same: msg("overview.form.same"),
  "selector.wrong": msg("overview.form.selector.wrong"),
  "filter.wrong": msg("overview.form.filter.wrong"),
};

export function NewReplication({ onClose, onCreated }) {
  const [form, setForm] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const faults = tried ? faultsOf(form) : {};
  const bind = (name) => ({
    value: form[name],
    onInput: (value) => setForm({ ...form, [name]: value }),
    error: faults[name] && t(FAULTS[faults[name]], { example: '{ "type": "patient" }' }),
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: false,
  });
  const submit = async (event) => {
    event.preventDefault();
    setTried(true);
    if (busy || Object.keys(faultsOf(form)).length > 0) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const value = documentOf(form);
      await (form.name ? api.put(["_replicator", form.name], { value }) : api.post(["_replicator"], { value }));
      say(t("overview.created"));
      onCreated();
      onClose();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${t("overview.new")} onClose=${onClose} wide>
      <form onSubmit=${submit} novalidate>
        <div class="pairs">
          <${End} label=${t("overview.source")} legend=${t("overview.source.login")} form=${form} bind=${bind} end="source" autofocus />
          <${End} label=${t("overview.target")} legend=${t("overview.target.login")} form=${form} bind=${bind} end="target" />
        </div>
        <${Check} label=${t("overview.form.continuous")} checked=${form.continuous} onChange=${(continuous) => setForm({ ...form, continuous })} />
        <${Check} label=${t("overview.form.create")} checked=${form.create} onChange=${(create) => setForm({ ...form, create })} />
        <${Which} form=${form} bind=${bind} />
        <${Field} label=${t("overview.form.name")} hint=${t("overview.form.name.hint")} ...${bind("name")} />
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="main" type="submit" busy=${busy}>${t("overview.form.do")}<//>
        </div>
      </form>
    <//>
  `;
}

function End({ label, legend, form, bind, end, autofocus = false }) {
  return html`
    <div>
      <${Field} label=${label} hint=${t("overview.form.end")} autofocus=${autofocus} ...${bind(end)} />
      ${isAddress(form[end]) &&
      html`
        <fieldset class="login">
          <legend>${legend}</legend>
          <${Field} label=${t("shell.name")} ...${bind(`${end}User`)} />
          <${Field} label=${t("shell.password")} type="password" ...${bind(`${end}Password`)} autocomplete="new-password" />
        </fieldset>
      `}
    </div>
  `;
}

function Which({ form, bind }) {
  const options = [
    ["all", t("overview.form.all")],
    ["selector", t("overview.form.selector")],
    ["filter", t("overview.form.filter")],
    ["ids", t("overview.form.ids")],
  ];
  return html`
    <${Choice} label=${t("overview.form.which")} value=${form.choice} options=${options} onInput=${bind("choice").onInput} />
    ${form.choice === "selector" && html`<${Field} area label=${t("overview.form.selector")} ...${bind("selector")} />`}
    ${form.choice === "filter" && html`<${Field} label=${t("overview.form.filter")} hint=${t("overview.form.filter.hint")} ...${bind("filter")} />`}
    ${form.choice === "ids" && html`<${Field} area label=${t("overview.form.ids")} hint=${t("overview.form.ids.hint")} ...${bind("ids")} />`}
  `;
}

function Check({ label, checked, onChange }) {
  return html`<label class="check"><input type="checkbox" checked=${checked} onChange=${(event) => onChange(event.target.checked)} />${label}</label>`;
}
