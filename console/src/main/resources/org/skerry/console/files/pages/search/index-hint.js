// Which index answered a search. When none did, the node read every document; then it says which index would help, and a button makes it.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatNumber, t } from "../../core/language.js";
import { complain, say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Notice } from "../../parts/problem-box.js";
import { usefulFields } from "./useful-fields.js";

export function IndexHint({ db, plan, selector, examined }) {
  const [busy, setBusy] = useState(false);
  const name = plan.index?.name;
  if (name && name !== "_all_docs") {
    return html`<${Notice} kind="good"><p>${t("search.index", { name, fields: fieldsOf(plan.index) })}</p><//>`;
  }
  const fields = usefulFields(JSON.parse(selector));
  const make = async () => {
    setBusy(true);
    try {
      await api.post([db, "_index"], { value: { index: { fields } } });
      say(t("search.index.made"));
    } catch (problem) {
      complain(problem);
    }
    setBusy(false);
  };
  return html`
    <${Notice} kind="warn">
      <p>${t("search.no_index", { examined: formatNumber(examined) })}</p>
      ${fields.length > 0 &&
      html`
        <p>${t("search.index.useful", { fields: fields.join(", ") })}</p>
        <p><${Button} busy=${busy} onClick=${make}>${t("search.index.make")}<//></p>
      `}
    <//>
  `;
}

const fieldsOf = (index) => (index.def?.fields ?? []).map((field) => (typeof field === "string" ? field : Object.keys(field)[0])).join(", ");
