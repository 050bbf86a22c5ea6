// A document of very many versions: they are shown page by page and not compared. One of them is taken, or what holds is written.

import { html, useState } from "../../../core/html.js";
import { api } from "../../../core/api.js";
import { readConflict } from "../../../core/conflict/read.js";
import { readable } from "../../../core/conflict/readable.js";
import { requestOfCrowd } from "../../../core/conflict/settle.js";
import { checkBody } from "../../../core/json/check.js";
import { readJson } from "../../../core/json/read.js";
import { indented } from "../../../core/json/write.js";
import { formatNumber, t } from "../../../core/language.js";
import { useLoad } from "../../../core/load.js";
import { Badge } from "../../../parts/badge.js";
import { Button } from "../../../parts/button.js";
import { DataTable } from "../../../parts/data-table.js";
import { Field } from "../../../parts/field.js";
import { JsonEditor } from "../../../parts/json-editor.js";
import { Pager } from "../../../parts/pager.js";
import { Notice, ProblemBox } from "../../../parts/problem-box.js";
import { Loaded } from "../../../parts/waiting.js";
import { ShortRev } from "../../documents/short-rev.js";
import { lineInWords, memberLabel } from "../labels.js";
import { freshen } from "../waiting.js";

/** Members that are told of each version. */
const FEW = 4;

const body = (doc) => indented({ ...doc, members: doc.members.filter((one) => !one.name.startsWith("_")) });

export function Crowded({ db, conflict, onSettled, onOvertaken }) {
  const [chosen, setChosen] = useState(null);
  const [text, setText] = useState(null);
  const [fault, setFault] = useState(null);
  const [comment, setComment] = useState("");
  const [problem, setProblem] = useState(null);
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const total = conflict.revs.length;
  const submit = async (event) => {
    event.preventDefault();
    const wrong = text === null ? null : checkBody(text);
    setFault(wrong);
    setAsks(text === null && chosen === null);
    if (wrong || busy || (text === null && chosen === null)) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const wish = text === null ? { rev: chosen } : { body: readJson(text) };
      const { settlement } = await api.post([db, "_conflicts", conflict.id], { text: requestOfCrowd(conflict, wish, comment) });
      onSettled(settlement);
      freshen({ now: true });
    } catch (failure) {
      setBusy(false);
      if (failure.status === 409) {
        onOvertaken({});
      } else {
        setProblem(failure);
      }
    }
  };
  const take = (rev) => {
    setChosen(rev);
    setText(null);
    setAsks(false);
  };
  return html`
    <${Notice} kind="warn"><p><strong>${t("conflicts.crowded", { count: formatNumber(total) })}</strong></p><p>${t("conflicts.crowded.text")}</p><//>
    <${Versions} db=${db} conflict=${conflict} chosen=${text === null ? chosen : null} onTake=${take} />
    <form class="card" onSubmit=${submit} aria-labelledby="result">
      <div class="section-head">
        <h2 id="result">${t("conflicts.result")}</h2>
        ${text === null
          ? html`<${Button} icon="pencil" onClick=${() => setText(body(conflict.proposal.doc))}>${t("conflicts.crowded.write")}<//>`
          : html`<${Button} icon="undo" onClick=${() => setText(null)}>${t("conflicts.edit.back")}<//>`}
      </div>
      ${text === null
        ? html`<p role="status">${chosen ? t("conflicts.crowded.chosen", { number: conflict.revs.indexOf(chosen) + 1 }) : t("conflicts.crowded.missing")}</p>`
        : html`<${JsonEditor} label=${t("conflicts.edit.label")} value=${text} onInput=${setText} check=${checkBody} fault=${fault} />`}
      <${Field} label=${t("conflicts.comment")} value=${comment} onInput=${setComment} hint=${t("conflicts.comment.hint")} maxlength="2000" autocomplete="off" />
      <div role="alert">${asks && html`<p class="error">${t("conflicts.crowded.missing")}</p>`}</div>
      ${problem && html`<${ProblemBox} problem=${problem} />`}
      <div class="form-actions">
        <${Button} kind="main" type="submit" icon="check" busy=${busy} aria-disabled=${text === null && chosen === null ? "true" : undefined}>
          ${t("conflicts.settle")}
        <//>
      </div>
    </form>
  `;
}

/** A page of versions; the first came with the conflict. */
function Versions({ db, conflict, chosen, onTake }) {
  // Where the pages before this one began, and this one: how many a page holds depends on their size.
  const [starts, setStarts] = useState([0]);
  const from = starts.at(-1);
  const total = conflict.revs.length;
  const page = useLoad(
    async (signal) =>
      from === 0 ? conflict.leaves : readConflict(await api.text([db, "_conflicts", conflict.id], { query: { from }, signal })).leaves,
    [db, conflict.id, from],
  );
  return html`
    <section class="card" aria-labelledby="versions">
      <h2 id="versions">${t("conflicts.versions")}</h2>
      <${Loaded} of=${page}>
        ${(leaves) => html`
          <${DataTable} label=${t("conflicts.versions")} columns=${columns(conflict, chosen, onTake)} rows=${leaves} rowKey=${(leaf) => leaf.rev} />
          <${Pager}
            words=${t("conflicts.crowded.page", { first: from + 1, last: from + leaves.length, total: formatNumber(total) })}
            onBack=${starts.length > 1 && (() => setStarts(starts.slice(0, -1)))}
            onForward=${leaves.length > 0 && from + leaves.length < total && (() => setStarts([...starts, from + leaves.length]))}
          />
        `}
      <//>
    </section>
  `;
}

const columns = (conflict, chosen, onTake) => [
  {
    label: t("conflicts.crowded.column"),
    head: true,
    cell: (leaf) => html`
      ${t("conflicts.crowded.number", { number: conflict.revs.indexOf(leaf.rev) + 1 })} <${ShortRev} rev=${leaf.rev} />
      ${leaf.winner && html` <${Badge} kind="info">${t("conflicts.shown_now")}<//>`}
    `,
  },
  { label: t("conflicts.what_it_said"), cell: (leaf) => html`<${Said} leaf=${leaf} />` },
  {
    label: t("conflicts.actions"),
    hidden: true,
    cell: (leaf) => html`
      <span class="row-actions">
        <${Button} kind="quiet" icon="check" aria-pressed=${leaf.rev === chosen}
          aria-label=${t("conflicts.crowded.take.of", { number: conflict.revs.indexOf(leaf.rev) + 1 })} onClick=${() => onTake(leaf.rev)}>
          ${t("conflicts.crowded.take")}
        <//>
      </span>
    `,
  },
];

function Said({ leaf }) {
  const rows = readable(leaf.doc);
  return html`
    <span class="lines">
      ${rows.slice(0, FEW).map((row) => html`<span><span class="soft">${memberLabel(row.name, row.group)}:</span> ${row.lines.map((line) => lineInWords(row.name, line)).join("; ")}</span>`)}
    </span>
    <details><summary>JSON</summary><pre class="json">${body(leaf.doc)}</pre></details>
  `;
}
