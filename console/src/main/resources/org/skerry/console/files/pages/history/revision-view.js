// One revision in a window: its content, and how it differs from the winner. What was compacted away says so.

import { html } from "../../core/html.js";
import { formatBytes, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { Diff } from "../../parts/diff.js";
import { Dialog } from "../../parts/dialog.js";
import { Notice } from "../../parts/problem-box.js";
import { Loaded } from "../../parts/waiting.js";
import { readDocument } from "../documents/read-document.js";
import { RevisionBadges } from "./revision-badges.js";

async function read(db, id, revision, winner, signal) {
  const [doc, shown] = await Promise.all([
    readDocument(db, id, { rev: revision.rev, signal }),
    revision === winner ? null : readDocument(db, id, { rev: winner.rev, signal }),
  ]);
  return { doc, shown };
}

export function RevisionView({ db, id, tree, revision, onClose }) {
  const found = useLoad((signal) => read(db, id, revision, tree.winner, signal), [revision.rev]);
  return html`
    <${Dialog} title=${t("history.revision")} wide=${true} onClose=${onClose}>
      <p><span class="code">${revision.rev}</span> <span class="badges"><${RevisionBadges} revision=${revision} /></span></p>
      <${Loaded} of=${found}>${({ doc, shown }) => html`<${Content} doc=${doc} shown=${shown} />`}<//>
    <//>
  `;
}

function Content({ doc, shown }) {
  if (doc.missing) {
    return html`<${Notice}><p>${t("history.compacted")}</p><//>`;
  }
  return html`
    ${shown && !shown.missing && shown.body !== doc.body
      ? html`<${Diff} left=${doc.body} right=${shown.body} leftName=${t("history.this_one")} rightName=${t("history.winner")} />`
      : html`<pre class="preview-text" tabindex="0">${doc.body}</pre>`}
    ${doc.attachments.length > 0 &&
    html`
      <h3>${t("attachments.title")}</h3>
      <ul>${doc.attachments.map((one) => html`<li>${one.name} <span class="soft">${one.type} · ${formatBytes(one.length)}</span></li>`)}</ul>
    `}
  `;
}
