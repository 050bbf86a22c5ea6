// A partner by form: where it is, who signs in there, which records go which way, when, and what becomes of conflicts. Descriptions that say
// more than a form can show are edited as the documents that they are.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { msg, t } from "../../core/language.js";
import { link } from "../../core/routes.js";
import { say } from "../../core/toasts.js";
import { Button, LinkButton } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Choice, Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { documentOf, faultsOf, formOf, isPlain } from "./partner-document.js";

const FAULTS = {
  name: msg("exchange.form.name.wrong"),
  database: msg("exchange.form.database.missing"),
  address: msg("exchange.form.address.wrong"),
  schedule: msg("exchange.form.schedule.wrong"),
  types: msg("exchange.form.types.missing"),
};

/** The first partner makes the database. */
async function save(doc) {
  try {
    await api.put(["_exchange", doc._id], { value: doc });
  } catch (problem) {
    if (problem.status !== 404) {
      throw problem;
    }
    await api.put(["_exchange"]);
    await api.put(["_exchange", doc._id], { value: doc });
  }
}

export function PartnerForm({ doc, databases, onClose, onSaved }) {
  const [form, setForm] = useState(formOf(doc));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const faults = tried ? faultsOf(doc, form) : {};
  const title = doc._id ? t("exchange.edit.one", { name: doc._id }) : t("exchange.create");
  if (!isPlain(doc)) {
    return html`
      <${Dialog} title=${title} onClose=${onClose}>
        <p>${t("exchange.form.more")}</p>
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${LinkButton} kind="main" href=${link("/databases/:db/documents/:id", { db: "_exchange", id: doc._id })}>${t("exchange.form.document")}<//>
        </div>
      <//>
    `;
  }
  const change = (name) => (value) => setForm({ ...form, [name]: value });
  const bind = (name) => ({
    value: form[name],
    onInput: change(name),
    error: faults[name] && t(FAULTS[faults[name]]),
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: false,
  });
  const submit = async (event) => {
    event.preventDefault();
    setTried(true);
    if (busy || Object.keys(faultsOf(doc, form)).length > 0) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const value = documentOf(doc, form);
      await save(value);
      say(t("exchange.saved", { name: value._id }));
      onSaved();
      onClose();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose} wide>
      <form onSubmit=${submit} novalidate>
        <div class="pairs">
          <div>
            ${!doc._id && html`<${Field} label=${t("exchange.form.name")} hint=${t("exchange.form.name.hint")} ...${bind("name")} autofocus />`}
            <${Choice} label=${t("exchange.form.database")} value=${form.database} onInput=${change("database")}
              options=${[["", t("exchange.form.database.choose")], ...databases.map((name) => [name, name])]} />
            ${faults.database && html`<p class="error" role="alert">${t(FAULTS.database)}</p>`}
            <${Field} label=${t("exchange.form.base")} hint=${t("exchange.form.base.hint")} ...${bind("base")} />
            <${Field} label=${t("exchange.form.feeds")} hint=${t("exchange.form.feeds.hint")} ...${bind("feeds")} />
            <${Field} label=${t("exchange.form.wrapper")} hint=${t("exchange.form.wrapper.hint")} ...${bind("wrapper")} />
            <fieldset class="login">
              <legend>${t("exchange.form.login")}</legend>
              <${Field} label=${t("shell.name")} ...${bind("user")} />
              <${Field} label=${t("shell.password")} type="password" hint=${doc._id && t("exchange.form.password.hint")} ...${bind("password")} autocomplete="new-password" />
            </fieldset>
          </div>
          <div>
            <${Field} label=${t("exchange.form.pull")} hint=${t("exchange.form.types.hint")} ...${bind("pull")} />
            <${Field} label=${t("exchange.form.push")} hint=${t("exchange.form.types.hint")} ...${bind("push")} />
            <${Field} label=${t("exchange.form.schedule")} inputmode="numeric" ...${bind("schedule")} />
            <label class="check"><input type="checkbox" checked=${form.onChange} onChange=${(event) => change("onChange")(event.target.checked)} />${t("exchange.form.on_change")}</label>
            <${Choice} label=${t("exchange.form.conflicts")} value=${form.conflicts} onInput=${change("conflicts")}
              options=${[["keep", t("exchange.conflicts.keep")], ["theirs", t("exchange.conflicts.theirs")], ["ours", t("exchange.conflicts.ours")]]} />
            <${Field} label=${t("exchange.form.instance")} hint=${t("exchange.form.instance.hint")} ...${bind("instance")} />
            <${Field} label=${t("exchange.form.comment")} ...${bind("comment")} />
          </div>
        </div>
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="main" type="submit" busy=${busy}>${t("exchange.save")}<//>
        </div>
      </form>
    <//>
  `;
}
