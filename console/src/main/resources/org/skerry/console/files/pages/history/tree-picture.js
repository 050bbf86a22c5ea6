// The picture: a row for each revision (core/tree.js), the newest on top. The lines and marks at the side are SVG; the words beside them say
// the same, so that the picture is text for whoever cannot see it.

import { html, useState } from "../../core/html.js";
import { t, tn } from "../../core/language.js";
import { layOut } from "../../core/tree.js";
import { Button } from "../../parts/button.js";
import { ShortRev } from "../documents/short-rev.js";
import { RevisionBadges } from "./revision-badges.js";

const ROW = 48;
const LANE = 22;
const EDGE = 16;
const MARK = 7;

const x = (lane) => EDGE + lane * LANE;
const y = (row) => row * ROW + ROW / 2;

export function TreePicture({ tree, onOpen }) {
  const [unfolded, setUnfolded] = useState(new Set());
  const { rows, lines, lanes } = layOut(tree, unfolded);
  const width = x(lanes - 1) + EDGE;
  const unfold = (fold) => setUnfolded(new Set([...unfolded, fold[0].rev]));
  return html`
    <section class="card tree" aria-labelledby="tree-words">
      <p id="tree-words">${words(tree)}</p>
      <${Legend} />
      <div class="tree-rows" style=${{ paddingLeft: `${width}px` }}>
        <svg role="img" aria-label=${words(tree)} width=${width} height=${rows.length * ROW}>
          ${lines.map((line) => html`<path class=${line.folded ? "line folded" : "line"} d=${curve(line)} />`)}
          ${rows.map((row, i) => html`<${Mark} row=${row} at=${i} />`)}
        </svg>
        <ol>
          ${rows.map(({ folded, revision }) =>
            folded
              ? html`<${FoldedRow} key=${folded[0].rev} count=${folded.length} onUnfold=${() => unfold(folded)} />`
              : html`<${Row} key=${revision.rev} revision=${revision} onOpen=${onOpen} />`,
          )}
        </ol>
      </div>
    </section>
  `;
}

function words(tree) {
  const tombstones = tree.leaves.filter((leaf) => leaf.deleted).length;
  return [
    tn("history.revisions", tree.revisions.size),
    tn("history.branches", tree.leaves.length),
    tree.conflicts > 0 && tn("history.conflicts", tree.conflicts),
    tombstones > 0 && tn("history.tombstones", tombstones),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Straight down its lane, then over to the parent's just above it. */
function curve({ from, to }) {
  const [x1, y1, x2, y2] = [x(from.lane), y(from.row), x(to.lane), y(to.row)];
  return x1 === x2
    ? `M${x1} ${y1}V${y2}`
    : `M${x1} ${y1}V${y2 - ROW}C${x1} ${y2 - ROW / 3} ${x2} ${y2 - (2 * ROW) / 3} ${x2} ${y2}`;
}

function Mark({ row, at }) {
  const [cx, cy] = [x(row.lane), y(at)];
  if (row.folded) {
    return html`<circle class="mark folded" cx=${cx} cy=${cy} r="3" />`;
  }
  const { winner, conflict, deleted } = row.revision;
  if (deleted) {
    return html`
      <rect class="mark deleted" x=${cx - MARK} y=${cy - MARK} width=${2 * MARK} height=${2 * MARK} rx="2" />
      <path class="cross" d=${`M${cx - 3} ${cy - 3}l6 6m0-6l-6 6`} />
    `;
  }
  if (conflict) {
    const half = MARK + 2;
    return html`<path class="mark conflict" d=${`M${cx} ${cy - half}l${half} ${half}l-${half} ${half}l-${half}-${half}z`} />`;
  }
  return html`<circle class=${winner ? "mark winner" : "mark"} cx=${cx} cy=${cy} r=${winner ? MARK + 1 : 5} />`;
}

function Row({ revision, onOpen }) {
  return html`
    <li>
      <button type="button" class="tree-row" onClick=${() => onOpen(revision)}>
        <span class="visually-hidden">${t("history.open")} </span>
        <${ShortRev} rev=${revision.rev} />
        <span class="badges"><${RevisionBadges} revision=${revision} /></span>
      </button>
    </li>
  `;
}

function FoldedRow({ count, onUnfold }) {
  return html`
    <li class="tree-row">
      <span class="soft">${tn("history.folded", count)}</span>
      <${Button} kind="quiet" onClick=${onUnfold}>${t("history.unfold")}<//>
    </li>
  `;
}

/** What the marks mean, each with the mark itself. */
function Legend() {
  const kinds = [
    [{ winner: true }, t("history.winner")],
    [{ conflict: true }, t("history.conflict")],
    [{ deleted: true }, t("history.tombstone")],
    [{}, t("history.former")],
  ];
  return html`
    <ul class="legend" aria-hidden="true">
      ${kinds.map(
        ([revision, text]) => html`
          <li><svg width="24" height="24"><g transform="translate(-4 -12)"><${Mark} row=${{ lane: 0, revision }} at=${0} /></g></svg>${text}</li>
        `,
      )}
    </ul>
  `;
}
