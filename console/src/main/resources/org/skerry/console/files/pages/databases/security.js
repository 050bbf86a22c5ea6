// Who may use a database: its members read and write documents, its administrators also change design documents and this list. Both are
// names of users and roles. Without any member, everybody who signs in is one, which is said, because it surprises.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { complain, say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/problem-box.js";
import { Loaded } from "../../parts/waiting.js";

const LISTS = [
  ["members", "names", msg("databases.members.names")],
  ["members", "roles", msg("databases.members.roles")],
  ["admins", "names", msg("databases.admins.names")],
  ["admins", "roles", msg("databases.admins.roles")],
];

export function Security({ db }) {
  const security = useLoad((signal) => api.get([db, "_security"], { signal }), [db]);
  return html`
    <section class="card" aria-labelledby="security">
      <h2 id="security">${t("databases.security")}</h2>
      <${Loaded} of=${security}>
        ${(found) => html`<${Lists} key=${JSON.stringify(found)} db=${db} found=${found} onSaved=${security.reload} />`}
      <//>
    </section>
  `;
}

const asText = (found, part, kind) => (found[part]?.[kind] ?? []).join(", ");
const asList = (text) => [...new Set(text.split(",").map((one) => one.trim()).filter(Boolean))];

function Lists({ db, found, onSaved }) {
  const [texts, setTexts] = useState(() => LISTS.map(([part, kind]) => asText(found, part, kind)));
  const [busy, setBusy] = useState(false);
  const changed = LISTS.some(([part, kind], i) => texts[i] !== asText(found, part, kind));
  const open = asList(texts[0]).length + asList(texts[1]).length === 0;
  const save = async (event) => {
    event.preventDefault();
    setBusy(true);
    // Other members of _security are somebody's: they stay.
    const value = structuredClone(found);
    LISTS.forEach(([part, kind], i) => {
      value[part] = { ...value[part], [kind]: asList(texts[i]) };
    });
    try {
      await api.put([db, "_security"], { value });
      say(t("databases.security.saved"));
      onSaved();
    } catch (problem) {
      complain(problem);
    }
    setBusy(false);
  };
  return html`
    <form onSubmit=${save}>
      <p class="soft">${t("databases.security.text")}</p>
      ${open && html`<${Notice} kind="warn"><p>${t("databases.security.open")}</p><//>`}
      <div class="pairs">
        ${LISTS.map(
          ([, , label], i) => html`
            <${Field} label=${t(label)} value=${texts[i]} spellcheck=${false} autocapitalize="none"
              onInput=${(text) => setTexts(texts.map((old, j) => (i === j ? text : old)))} />
          `,
        )}
      </div>
      <div class="form-actions"><${Button} kind="main" type="submit" busy=${busy} disabled=${!changed}>${t("databases.security.save")}<//></div>
    </form>
  `;
}
