// What of the log is shown: the kind of event, who did it, to what, and on which days. It is asked when the form is sent, not with each key.

import { html, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { Button } from "../../parts/button.js";
import { Choice, Field } from "../../parts/field.js";
import { ACTIONS, GROUPS } from "./kinds.js";

export function AuditFilter({ query, onShow }) {
  const [form, setForm] = useState(query);
  const bind = (name) => ({ value: form[name] ?? "", onInput: (value) => setForm({ ...form, [name]: value }) });
  const send = (event) => {
    event.preventDefault();
    onShow({ user: form.user, subject: form.subject, from: form.from, until: form.until });
  };
  const choose = (kind) => {
    setForm({ ...form, kind });
    onShow({ kind });
  };
  const clear = () => {
    setForm({});
    onShow({ kind: undefined, user: undefined, subject: undefined, from: undefined, until: undefined });
  };
  const options = [
    ["", t("audit.all")],
    ...GROUPS.map(([name, text]) => [name, t(text)]),
    ...Object.entries(ACTIONS).map(([action, text]) => [action, `· ${t(text)}`]),
  ];
  return html`
    <form class="toolbar audit-filter" role="search" onSubmit=${send}>
      <${Choice} label=${t("audit.kind")} value=${query.kind ?? ""} options=${options} onInput=${choose} />
      <${Field} label=${t("audit.user")} ...${bind("user")} autocapitalize="none" spellcheck=${false} />
      <${Field} label=${t("audit.subject")} ...${bind("subject")} autocapitalize="none" spellcheck=${false} />
      <${Field} label=${t("audit.from")} type="date" ...${bind("from")} />
      <${Field} label=${t("audit.until")} type="date" ...${bind("until")} />
      <${Button} type="submit" icon="search">${t("audit.show")}<//>
      <${Button} kind="quiet" onClick=${clear}>${t("audit.clear")}<//>
    </form>
  `;
}
