// One document: its body to be edited, its attachments, and the way to its history. A document that is gone says so, and can be written anew.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { go, guardLeaving, link } from "../../core/routes.js";
import { say } from "../../core/toasts.js";
import { Button, LinkButton } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { Notice } from "../../parts/problem-box.js";
import { Loaded } from "../../parts/waiting.js";
import { Attachments } from "./attachments.js";
import { DocumentEditor } from "./document-editor.js";
import { readDocument } from "./read-document.js";
import { ShortRev } from "./short-rev.js";

const HISTORY = "/databases/:db/documents/:id/history";

export default function Document({ params: { db, id } }) {
  const found = useLoad((signal) => readDocument(db, id, { signal }), [db, id]);
  const [dirty, setDirty] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const doc = found.value;
  const actions = html`
    <${LinkButton} icon="history" href=${link(HISTORY, { db, id })}>${t("documents.history")}<//>
    ${doc?.rev && html`<${Button} icon="trash" onClick=${() => setDeleting(true)}>${t("documents.delete")}<//>`}
  `;
  return html`
    <${PageHead} title=${id} trail=${trail(db)} actions=${actions}>
      ${doc?.rev && html`<p class="soft">${t("documents.rev")} <${ShortRev} rev=${doc.rev} /></p>`}
    <//>
    <${Loaded} of=${found}>
      ${(now) =>
        now.missing
          ? html`<${Missing} db=${db} id=${id} kind=${now.missing} />`
          : html`
              ${now.conflicts.length > 0 && html`<${InConflict} db=${db} id=${id} count=${now.conflicts.length} />`}
              <${DocumentEditor} key=${now.rev} db=${db} id=${id} doc=${now} onDirty=${setDirty} onSaved=${found.reload} />
              <${Attachments} db=${db} id=${id} doc=${now} locked=${dirty} onChanged=${found.reload} />
            `}
    <//>
    ${deleting && html`<${Deleting} db=${db} id=${id} rev=${doc.rev} onClose=${() => setDeleting(false)} />`}
  `;
}

export const trail = (db) => [
  ["#/databases", t("databases.title")],
  [link("/databases/:db", { db }), db],
];

function Missing({ db, id, kind }) {
  return html`
    <${Empty} icon="document" title=${kind === "deleted" ? t("documents.is_deleted") : t("documents.is_missing")}>
      <p>${kind === "deleted" ? t("documents.is_deleted.todo") : t("documents.is_missing.todo")}</p>
      <p><${LinkButton} icon="plus" href=${link("/databases/:db/new", { db }, { id })}>${t("documents.write_anew")}<//></p>
    <//>
  `;
}

function InConflict({ db, id, count }) {
  return html`
    <${Notice} kind="warn">
      <p><strong>${tn("documents.in_conflict", count)}</strong> ${t("documents.in_conflict.text")}</p>
      <p><a href=${link("/databases/:db/documents/:id/conflict", { db, id })}>${t("documents.in_conflict.settle")}</a> · <a href=${link(HISTORY, { db, id })}>${t("documents.in_conflict.see")}</a></p>
    <//>
  `;
}

function Deleting({ db, id, rev, onClose }) {
  const remove = async () => {
    await api.delete([db, id], { query: { rev } });
    guardLeaving(false);
    say(t("documents.deleted", { id }));
    go("/databases/:db", { db });
  };
  return html`
    <${Confirm}
      title=${t("documents.delete.title")}
      text=${t("documents.delete.text", { id })}
      action=${t("documents.delete.do")}
      onConfirm=${remove}
      onClose=${onClose}
    />
  `;
}
