// What the document will say: in words, and as JSON that may be edited. Once it is edited, the text decides and not the choices.

import { html } from "../../../core/html.js";
import { readable } from "../../../core/conflict/readable.js";
import { checkBody } from "../../../core/json/check.js";
import { steps } from "../../../core/json/pointer.js";
import { indented } from "../../../core/json/write.js";
import { t, tn } from "../../../core/language.js";
import { Badge } from "../../../parts/badge.js";
import { Button } from "../../../parts/button.js";
import { JsonEditor } from "../../../parts/json-editor.js";
import { Notice } from "../../../parts/problem-box.js";
import { lineInWords, memberLabel, placeLabel } from "../labels.js";

const body = (doc) => indented({ ...doc, members: doc.members.filter((one) => !one.name.startsWith("_")) });

/** open: the members about which nothing was decided. */
export function Result({ doc, hidden, open, text, fault, onEdit }) {
  const editing = text !== null;
  const waits = (name) => open.some((one) => one.path === "" || steps(one.path)[0] === name);
  return html`
    <div class="section-head">
      <h2 id="result">${t("conflicts.result")}</h2>
      ${editing
        ? html`<${Button} icon="undo" onClick=${() => onEdit(null)}>${t("conflicts.edit.back")}<//>`
        : html`<${Button} icon="pencil" onClick=${() => onEdit(body(doc))}>${t("conflicts.edit")}<//>`}
    </div>
    ${hidden.length > 0 && html`<${Notice} kind="warn"><p>${t("conflicts.hidden", { members: hidden.map(placeLabel).join(", ") })}</p><//>`}
    ${editing
      ? html`<${JsonEditor} label=${t("conflicts.edit.label")} value=${text} onInput=${onEdit} check=${checkBody} fault=${fault} />`
      : html`
          ${open.length > 0 && html`<p class="soft">${tn("conflicts.preliminary", open.length)}</p>`}
          <dl class="readable">
            ${readable(doc).map(
              (row) => html`
                <div>
                  <dt>
                    ${memberLabel(row.name, row.group)}
                    ${waits(row.name) && html` <${Badge} kind="warn">${t("conflicts.decide")}<//>`}
                  </dt>
                  <dd>${row.lines.map((line) => html`<span>${lineInWords(row.name, line)}</span>`)}</dd>
                </div>
              `,
            )}
          </dl>
          <details><summary>JSON</summary><pre class="json">${body(doc)}</pre></details>
        `}
  `;
}
