// The versions beside their ancestor: member by member in words, or as JSON with the lines that differ.

import { html, useState } from "../../../core/html.js";
import { readable } from "../../../core/conflict/readable.js";
import { same } from "../../../core/conflict/read.js";
import { find } from "../../../core/json/pointer.js";
import { indented } from "../../../core/json/write.js";
import { t, tn } from "../../../core/language.js";
import { Badge } from "../../../parts/badge.js";
import { Button } from "../../../parts/button.js";
import { DataTable } from "../../../parts/data-table.js";
import { Diff } from "../../../parts/diff.js";
import { ShortRev } from "../../documents/short-rev.js";
import { memberLabel, sourceLabel } from "../labels.js";
import { Lines } from "./lines.js";

/** Equal members that are shown without asking. */
const FEW = 6;

export function Versions({ conflict }) {
  const [asJson, setAsJson] = useState(false);
  return html`
    <section class="card" aria-labelledby="versions">
      <div class="section-head">
        <h2 id="versions">${t("conflicts.side_by_side")}</h2>
        <${Button} aria-pressed=${asJson} icon="document" onClick=${() => setAsJson(!asJson)}>JSON<//>
      </div>
      <${Sources} conflict=${conflict} />
      ${asJson ? html`<${AsJson} conflict=${conflict} />` : html`<${InWords} conflict=${conflict} />`}
    </section>
  `;
}

function Sources({ conflict: { ancestor, leaves } }) {
  return html`
    <ul class="sources">
      <li>
        <strong>${t("conflicts.before")}</strong>
        ${ancestor.rev ? html`<${ShortRev} rev=${ancestor.rev} />` : html`<span class="soft">${t("conflicts.no_ancestor")}</span>`}
        ${ancestor.rev && !ancestor.doc && html`<span class="soft">${t("conflicts.ancestor_gone")}</span>`}
      </li>
      ${leaves.map(
        (leaf, i) => html`
          <li>
            <strong>${sourceLabel(i)}</strong> <${ShortRev} rev=${leaf.rev} />
            ${leaf.winner && html`<${Badge} kind="info">${t("conflicts.shown_now")}<//>`}
          </li>
        `,
      )}
    </ul>
  `;
}

const bare = (doc) => ({ ...doc, members: doc.members.filter((one) => one.name !== "_id" && one.name !== "_rev") });

function AsJson({ conflict: { ancestor, leaves } }) {
  const text = (doc) => indented(bare(doc));
  const base = ancestor.doc ? [t("conflicts.before"), ancestor.doc] : [sourceLabel(0), leaves[0].doc];
  const others = leaves.map((leaf, i) => [sourceLabel(i), leaf.doc]).slice(ancestor.doc ? 0 : 1);
  return html`
    <div class="jsons">
      ${others.map(([name, doc]) => html`<${Diff} left=${text(base[1])} right=${text(doc)} leftName=${base[0]} rightName=${name} />`)}
    </div>
  `;
}

/** A row for each member that any version has. */
function rowsOf({ ancestor, leaves }) {
  const docs = [ancestor.doc, ...leaves.map((leaf) => leaf.doc)];
  const read = docs.map((doc) => (doc ? readable(doc) : []));
  const rows = new Map();
  for (const row of read.flat()) {
    if (!rows.has(row.name)) {
      const cells = read.map((all, i) => ({
        lines: all.find((other) => other.name === row.name)?.lines ?? [],
        value: docs[i] && find(docs[i], [row.name]),
      }));
      const known = cells.slice(ancestor.doc ? 0 : 1);
      rows.set(row.name, { ...row, cells, equal: known.every((cell) => same(cell.value, known[0].value)) });
    }
  }
  return [...rows.values()];
}

function InWords({ conflict }) {
  const [all, setAll] = useState(false);
  const rows = rowsOf(conflict);
  const equal = rows.filter((row) => row.equal);
  const hidden = all ? new Set() : new Set(equal.slice(FEW));
  const hasAncestor = Boolean(conflict.ancestor.doc);
  const cell = (i) => (row) => {
    const before = hasAncestor ? row.cells[0] : row.cells[1];
    const plain = row.equal || i === 0 || (!hasAncestor && i === 1);
    return html`<${Lines} name=${row.name} lines=${row.cells[i].lines} before=${plain ? row.cells[i].lines : before.lines}
      differs=${!plain && !same(row.cells[i].value, before.value)} equal=${row.equal} />`;
  };
  const columns = [
    { label: t("conflicts.member"), head: true, cell: (row) => memberLabel(row.name, row.group) },
    ...(hasAncestor ? [{ label: t("conflicts.before"), cell: cell(0) }] : []),
    ...conflict.leaves.map((leaf, i) => ({ label: sourceLabel(i), cell: cell(i + 1) })),
  ];
  return html`
    <div class="versions" role="group" tabindex="0" aria-label=${t("conflicts.side_by_side")}>
      <${DataTable} label=${t("conflicts.side_by_side")} columns=${columns} rows=${rows.filter((row) => !hidden.has(row))} rowKey=${(row) => row.name} />
    </div>
    ${equal.length > FEW &&
    html`<p><${Button} kind="quiet" aria-expanded=${all} onClick=${() => setAll(!all)}>
      ${all ? t("conflicts.fewer") : tn("conflicts.equal", equal.length - FEW)}
    <//></p>`}
  `;
}
