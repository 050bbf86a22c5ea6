// Two texts, line by line, with what differs marked: by a sign and a word for screen readers as well as by colour.

import { html, useMemo } from "../core/html.js";
import { diffLines } from "../core/diff.js";
import { t } from "../core/language.js";

/** Equal lines that are shown around a difference. */
const AROUND = 3;

export function Diff({ left, right, leftName, rightName }) {
  const parts = useMemo(() => folded(diffLines(left, right)), [left, right]);
  return html`
    <div class="diff">
      <p class="diff-names">
        <span class="left"><b aria-hidden="true">−</b> ${leftName}</span>
        <span class="right"><b aria-hidden="true">+</b> ${rightName}</span>
      </p>
      <pre tabindex="0" role="group" aria-label=${t("documents.differences")}>${parts.map((part) =>
        part.skipped
          ? html`<span class="skipped">${`⋯ ${part.skipped}\n`}</span>`
          : html`<${Line} line=${part} leftName=${leftName} rightName=${rightName} />`,
      )}</pre>
    </div>
  `;
}

const SIGNS = { same: "  ", left: "− ", right: "+ " };

function Line({ line, leftName, rightName }) {
  const who = line.kind === "left" ? leftName : line.kind === "right" ? rightName : null;
  return html`<span class=${line.kind}>${who && html`<span class="visually-hidden">${who}: </span>`}<span aria-hidden=${Boolean(who)}>${SIGNS[line.kind]}</span>${`${line.text}\n`}</span>`;
}

/** Long equal stretches become { skipped: how many lines }. */
function folded(lines) {
  const shown = new Set();
  lines.forEach((line, i) => {
    if (line.kind !== "same") {
      for (let near = i - AROUND; near <= i + AROUND; near += 1) {
        shown.add(near);
      }
    }
  });
  const parts = [];
  lines.forEach((line, i) => {
    if (shown.has(i)) {
      parts.push(line);
    } else if (parts.at(-1)?.skipped) {
      parts.at(-1).skipped += 1;
    } else {
      parts.push({ skipped: 1 });
    }
  });
  return parts;
}
