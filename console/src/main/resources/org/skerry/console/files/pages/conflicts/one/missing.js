// What a person must still decide before the conflict can be settled, each a way to where it is decided. Nothing is taken silently: where a
// text is edited, members about which nothing was decided must be changed in it, or confirmed.

import { html, useState } from "../../../core/html.js";
import { same } from "../../../core/conflict/read.js";
import { readJson } from "../../../core/json/read.js";
import { find, steps } from "../../../core/json/pointer.js";
import { t } from "../../../core/language.js";
import { placeLabel } from "../labels.js";

/** Members that the edited text still says as the version does that is shown now. */
export function unchanged(open, text, doc) {
  if (open.length === 0) {
    return open;
  }
  try {
    const edited = readJson(text);
    return open.filter((one) => same(find(edited, steps(one.path)), find(doc, steps(one.path))));
  } catch {
    return open; // Not JSON yet.
  }
}

/** For choices: a button for each member, which leads there. */
export function Missing({ id, open, onGo }) {
  return html`
    <p id=${id} class="missing">
      ${t("conflicts.missing")}${" "}
      ${open.map((one, i) => html`${i > 0 && ", "}<button type="button" class="text-button" onClick=${() => onGo(one.path)}>${placeLabel(one.path)}</button>`)}
    </p>
  `;
}

/** For an edited text: a box for each member, which confirms it. */
export function Confirming({ id, open, confirmed, onConfirm }) {
  const [all] = useState(open);
  return html`
    <fieldset id=${id} class="plain confirming">
      <legend>${t("conflicts.missing.text")}</legend>
      ${all.map(
        (one) => html`
          <label class="check">
            <input type="checkbox" checked=${!open.includes(one) || confirmed.includes(one.path)} disabled=${!open.includes(one)}
              onChange=${(event) => onConfirm(one.path, event.target.checked)} />
            ${" "}${t("conflicts.missing.confirm", { member: placeLabel(one.path) })}
          </label>
        `,
      )}
    </fieldset>
  `;
}
