// Who may sign in: the users of this node, a page at a time, and its server administrators, who are settings and no documents.

import { html, useState } from "../../core/html.js";
import { api, json } from "../../core/api.js";
import { msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { goInstead } from "../../core/routes.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Badge } from "../../parts/badge.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { Field } from "../../parts/field.js";
import { PageHead } from "../../parts/page-head.js";
import { Pager } from "../../parts/pager.js";
import { Loaded } from "../../parts/waiting.js";
import { Admins } from "./admins.js";
import { UserActions } from "./user-actions.js";
import { UserForm } from "./user-form.js";

const PAGE = 50;
const PREFIX = "org.couchdb.user:";

async function readPage(from, signal) {
  const query = { include_docs: true, startkey: json(PREFIX + from), endkey: json(`${PREFIX}\ufff0`), limit: PAGE + 1 };
  const { rows } = await api.get(["_users", "_all_docs"], { query, signal });
  const users = rows.map((row) => row.doc).filter(Boolean);
  return { users: users.slice(0, PAGE), next: users.length > PAGE ? users[PAGE]._id.slice(PREFIX.length) : null };
}

function Users({ query }) {
  const from = query.from ?? "";
  const page = useLoad((signal) => readPage(from, signal), [from]);
  const [editing, setEditing] = useState(null);
  const show = (name) => goInstead("/users", {}, { from: name });
  return html`
    <${PageHead}
      title=${t("users.title")}
      actions=${html`<${Button} kind="main" icon="plus" onClick=${() => setEditing({})}>${t("users.create")}<//>`}
    />
    <div class="toolbar" role="search">
      <${Field} label=${t("users.from")} type="search" value=${from} onInput=${show} autocapitalize="none" spellcheck=${false} />
    </div>
    <${Loaded} of=${page}>
      ${({ users, next }) => html`
        ${users.length === 0
          ? html`<${Empty} icon="people" title=${t("users.none")}><p>${from ? t("users.none.from") : t("users.none.todo")}</p><//>`
          : html`<${DataTable} label=${t("users.title")} columns=${columns(page.reload, setEditing)} rows=${users} rowKey=${(user) => user._id} />`}
        ${(from || next) &&
        html`<${Pager} words=${t("users.page", { from: users[0]?.name ?? from })} onBack=${from && (() => show(undefined))} onForward=${next && (() => show(next))} />`}
      `}
    <//>
    <${Admins} />
    ${editing && html`<${UserForm} user=${editing} onClose=${() => setEditing(null)} onSaved=${page.reload} />`}
  `;
}

const columns = (reload, onEdit) => [
  { label: t("users.name"), head: true, cell: (user) => user.name ?? user._id },
  {
    label: t("users.roles"),
    cell: ({ roles }) => Array.isArray(roles) && roles.length > 0 && html`<span class="badges">${roles.map((role) => html`<${Badge}>${String(role)}<//>`)}</span>`,
  },
  { label: t("users.actions"), hidden: true, cell: (user) => html`<${UserActions} user=${user} onEdit=${() => onEdit(user)} onChanged=${reload} />` },
];

export default forAdmins(msg("users.title"), Users);
