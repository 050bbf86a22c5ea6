// One settlement: who, when, why, and for each version what was taken from it and what was set aside, which can still be read.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { openDocument } from "../../core/json/document.js";
import { formatTime, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { link } from "../../core/routes.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Loaded } from "../../parts/waiting.js";
import { ShortRev } from "../documents/short-rev.js";
import { letter, placeLabel, whoSettled } from "./labels.js";

export function SettlementDetails({ db, row, onClose }) {
  return html`
    <${Dialog} title=${row.id} wide onClose=${onClose}>
      <dl class="readable">
        <div><dt>${t("conflicts.by")}</dt><dd>${whoSettled(row.by)}</dd></div>
        <div><dt>${t("conflicts.when")}</dt><dd>${formatTime(row.by.at ?? row.seen)}</dd></div>
        ${row.by.comment && html`<div><dt>${t("conflicts.comment")}</dt><dd>${row.by.comment}</dd></div>`}
        ${row.undone_by &&
        html`<div><dt>${t("conflicts.is_undone")}</dt>
          <dd><span>${whoSettled(row.undone_by)}</span>${row.undone_by.at && html`<span>${formatTime(row.undone_by.at)}</span>`}${row.undone_by.comment && html`<span>${row.undone_by.comment}</span>`}</dd></div>`}
        <div><dt>${t("conflicts.result_rev")}</dt><dd><${ShortRev} rev=${row.settlement} /></dd></div>
      </dl>
      ${row.leaves.map((leaf, i) => html`<${Leaf} db=${db} id=${row.id} leaf=${leaf} number=${i} />`)}
      <p><a href=${link("/databases/:db/documents/:id", { db, id: row.id })} onClick=${onClose}>${t("conflicts.open_document")}</a></p>
    <//>
  `;
}

const places = (list) => list.map(placeLabel).join(", ") || "–";

function Leaf({ db, id, leaf, number }) {
  const [shown, setShown] = useState(false);
  // The result itself has no tombstone: its content is the document's.
  const kept = leaf.kept_in && leaf.kept_in !== leaf.rev;
  return html`
    <section class="settled-leaf">
      <h3>${t("conflicts.version", { letter: letter(number) })} <${ShortRev} rev=${leaf.rev} /></h3>
      <dl class="readable">
        <div><dt>${t("conflicts.taken")}</dt><dd>${places(leaf.taken)}</dd></div>
        <div><dt>${t("conflicts.set_aside")}</dt><dd>${places(leaf.set_aside)}</dd></div>
      </dl>
      ${kept && html`<p><${Button} kind="quiet" icon="eye" aria-expanded=${shown} onClick=${() => setShown(!shown)}>${t("conflicts.what_it_said")}<//></p>`}
      ${shown && html`<${Kept} db=${db} id=${id} rev=${leaf.kept_in} />`}
    </section>
  `;
}

function Kept({ db, id, rev }) {
  const found = useLoad((signal) => api.text([db, id], { query: { rev }, signal }), [db, id, rev]);
  return html`<${Loaded} of=${found}>${(text) => html`<pre class="preview-text" tabindex="0">${openDocument(text).body}</pre>`}<//>`;
}
