// Which messages are shown. Texts are asked for when the form is sent, not with each key.

import { html, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { Button } from "../../parts/button.js";
import { Choice, Field } from "../../parts/field.js";

export function MessageFilter({ query, onShow }) {
  const [form, setForm] = useState(query);
  const bind = (name) => ({ value: form[name] ?? "", onInput: (value) => setForm({ ...form, [name]: value }), autocapitalize: "none", spellcheck: false });
  const texts = () => ({ resource: form.resource || undefined, partner: form.partner || undefined, origin: form.origin || undefined });
  const send = (event) => {
    event.preventDefault();
    onShow(texts());
  };
  const choose = (name) => (value) => onShow({ ...texts(), [name]: value || undefined });
  const clear = () => {
    setForm({});
    onShow({ resource: undefined, partner: undefined, origin: undefined, status: undefined, operation: undefined });
  };
  const outcomes = [
    ["", t("exchange.all")],
    ["success", t("exchange.outcome.success")],
    ["failure", t("exchange.outcome.failure")],
    ["conflict", t("exchange.outcome.conflict")],
  ];
  const operations = [
    ["", t("exchange.all")],
    ["pull", t("exchange.pull")],
    ["push", t("exchange.push")],
  ];
  return html`
    <form class="toolbar audit-filter" role="search" onSubmit=${send}>
      <${Choice} label=${t("exchange.outcome")} value=${query.status ?? ""} options=${outcomes} onInput=${choose("status")} />
      <${Choice} label=${t("exchange.operation")} value=${query.operation ?? ""} options=${operations} onInput=${choose("operation")} />
      <${Field} label=${t("exchange.record")} ...${bind("resource")} />
      <${Field} label=${t("exchange.partner")} ...${bind("partner")} />
      <${Field} label=${t("exchange.origin")} ...${bind("origin")} />
      <${Button} type="submit" icon="search">${t("exchange.show")}<//>
      <${Button} kind="quiet" onClick=${clear}>${t("exchange.clear")}<//>
    </form>
  `;
}
