// The server administrators: they may do everything on this node. Their passwords are settings, which the node keeps hashed.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { session } from "../../core/session.js";
import { say } from "../../core/toasts.js";
import { Badge } from "../../parts/badge.js";
import { Button } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";
import { DataTable } from "../../parts/data-table.js";
import { Loaded } from "../../parts/waiting.js";
import { AdminForm } from "./admin-form.js";

export const ADMINS = ["_node", "_local", "_config", "admins"];

export function Admins() {
  const admins = useLoad((signal) => api.get(ADMINS, { signal }), []);
  const [editing, setEditing] = useState(null);
  const [dropping, setDropping] = useState(null);
  const drop = async () => {
    await api.delete([...ADMINS, dropping]);
    say(t("users.admins.deleted", { name: dropping }));
    setDropping(null);
    admins.reload();
  };
  const columns = [
    {
      label: t("users.name"),
      head: true,
      cell: (name) => html`<span>${name} ${name === session.get().name && html`<${Badge} kind="info">${t("users.you")}<//>`}</span>`,
    },
    {
      label: t("users.actions"),
      hidden: true,
      cell: (name) => html`
        <span class="row-actions">
          <${Button} kind="quiet" icon="lock" aria-label=${t("users.admins.password.one", { name })} onClick=${() => setEditing(name)}>${t("users.admins.password")}<//>
          ${name !== session.get().name &&
          html`<${Button} kind="quiet" icon="trash" aria-label=${t("users.delete.one", { name })} onClick=${() => setDropping(name)}>${t("users.delete")}<//>`}
        </span>
      `,
    },
  ];
  return html`
    <section aria-labelledby="admins">
      <div class="section-head section-title">
        <h2 id="admins">${t("users.admins")}</h2>
        <${Button} icon="plus" onClick=${() => setEditing("")}>${t("users.admins.create")}<//>
      </div>
      <p class="soft">${t("users.admins.text")}</p>
      <${Loaded} of=${admins}>
        ${(found) => html`<${DataTable} label=${t("users.admins")} columns=${columns} rows=${Object.keys(found)} rowKey=${(name) => name} />`}
      <//>
      ${editing !== null && html`<${AdminForm} name=${editing} onClose=${() => setEditing(null)} onSaved=${admins.reload} />`}
      ${dropping &&
      html`
        <${Confirm} title=${t("users.delete.title", { name: dropping })} text=${t("users.admins.delete.text")} typed=${dropping}
          action=${t("users.admins.delete.do")} onConfirm=${drop} onClose=${() => setDropping(null)} />
      `}
    </section>
  `;
}
