// A value in lines of words. Lines that the value before did not have are marked as new, those that it had and this has not as removed: by a
// sign and a hidden word as well as by colour.

import { html } from "../../../core/html.js";
import { t } from "../../../core/language.js";
import { lineInWords } from "../labels.js";

/** differs: whether the values differ, although their words may not (1 and "1"); equal: whether all versions have this. */
export function Lines({ name, lines, before, differs, equal = false }) {
  const gone = before.filter((line) => !lines.includes(line));
  const none = lines.every((line) => before.includes(line)) && gone.length === 0;
  const isNew = (line) => (differs && none) || !before.includes(line);
  if (lines.length + gone.length === 0) {
    return html`<span class="soft" aria-label=${t("conflicts.absent")}>–</span>`;
  }
  return html`
    <span class=${equal ? "lines equal" : "lines"}>
      ${lines.map((line) =>
        isNew(line)
          ? html`<ins><span class="visually-hidden">${t("conflicts.new")}: </span>${lineInWords(name, line)}</ins>`
          : html`<span>${lineInWords(name, line)}</span>`,
      )}
      ${gone.map((line) => html`<del><span class="visually-hidden">${t("conflicts.removed")}: </span>${lineInWords(name, line)}</del>`)}
    </span>
  `;
}
