// A choice for each member that differs: a group of radio buttons, so that arrow keys choose and Tab goes to the next member. The different
// values are the choices, each with the versions that have it.

import { html, newId, useState } from "../../../core/html.js";
import { besideIn } from "../../../core/conflict/beside.js";
import { inWords } from "../../../core/conflict/readable.js";
import { same } from "../../../core/conflict/read.js";
import { presets } from "../../../core/conflict/settle.js";
import { find, steps } from "../../../core/json/pointer.js";
import { plain } from "../../../core/json/plain.js";
import { indented } from "../../../core/json/write.js";
import { msg, t } from "../../../core/language.js";
import { Badge } from "../../../parts/badge.js";
import { Button } from "../../../parts/button.js";
import { placeLabel, sourceLabel } from "../labels.js";
import { about, AttachmentActions, attachmentOf, AttachmentWords } from "./attachment.js";
import { Lines } from "./lines.js";

export function Members({ db, conflict, choices, onChoose }) {
  const takeAll = (rev) => {
    const all = conflict.members.map((one) => [one.path, one.options.find((option) => option.revs.includes(rev))?.key]);
    onChoose(Object.fromEntries(all.filter(([, key]) => key)));
  };
  const asProposed = () => onChoose({ ...Object.fromEntries(conflict.members.map((one) => [one.path, undefined])), ...presets(conflict) });
  return html`
    <div class="take-all" role="group" aria-label=${t("conflicts.take_all")}>
      ${conflict.leaves.map((leaf, i) => html`<${Button} onClick=${() => takeAll(leaf.rev)}>${t("conflicts.take_all_from", { version: sourceLabel(i) })}<//>`)}
      <${Button} kind="quiet" icon="undo" onClick=${asProposed}>${t("conflicts.as_proposed")}<//>
    </div>
    ${conflict.members.map(
      (one) => html`
        <${Member} key=${one.path} db=${db} conflict=${conflict} one=${one} chosen=${choices[one.path]} onChoose=${(key) => onChoose({ [one.path]: key })} />
      `,
    )}
  `;
}

const WAYS = {
  set: msg("conflicts.way.set"),
  counter: msg("conflicts.way.counter"),
  latest: msg("conflicts.way.latest"),
  winner: msg("conflicts.way.winner"),
  identity: msg("conflicts.way.identity"),
};

function Member({ db, conflict, one, chosen, onChoose }) {
  const [group] = useState(() => newId("member"));
  return html`
    <fieldset class=${chosen === undefined ? "member undecided" : "member"} data-path=${one.path}>
      <legend>
        ${placeLabel(one.path)}
        ${one.open && html` <${Badge} kind=${chosen === undefined ? "warn" : "good"}>${chosen === undefined ? t("conflicts.decide") : t("conflicts.decided")}<//>`}
        ${one.way in WAYS && html` <${Badge}>${t(WAYS[one.way])}<//>`}
      </legend>
      <div class="options">
        ${one.options.map(
          (option) => html`
            <${Option} key=${option.key} db=${db} conflict=${conflict} one=${one} option=${option} group=${group} checked=${option.key === chosen} onChoose=${onChoose} />
          `,
        )}
      </div>
    </fieldset>
  `;
}

/** A value in words; the number of a quantity with its unit, which stands beside it in its version. */
function linesOf(conflict, path, value, source) {
  const doc = source === "ancestor" ? conflict.ancestor.doc : conflict.leaves[source]?.doc;
  const beside = steps(path).at(-1) === "value" ? find(doc, [...steps(path).slice(0, -1), "unit"]) : undefined;
  const lines = value === undefined ? [] : inWords(plain(value));
  return beside?.kind === "scalar" && lines.length === 1 ? [`${lines[0]} ${plain(beside)}`] : lines;
}

const isBeforeOf = (option) => option.sources.includes("ancestor");

function Option({ db, conflict, one, option, group, checked, onChoose }) {
  const name = steps(one.path).at(-1) ?? "";
  const named = option.value && attachmentOf(one.path);
  const attachment = named && about(named, option.value);
  const complex = option.value && option.value.kind !== "scalar" && !attachment;
  const rev = option.revs[0] ?? (isBeforeOf(option) ? conflict.ancestor.rev : null);
  const isBefore = isBeforeOf(option);
  const lines = linesOf(conflict, one.path, option.value, option.sources[0]);
  const marked = Boolean(conflict.ancestor.doc) && !isBefore;
  const beside = attachment || !option.value ? [] : besideIn(plain(option.value));
  const words = option.sources.map(sourceLabel).join(", ") || (option.key === "result" ? t("conflicts.computed") : t("conflicts.leave_out"));
  return html`
    <div class=${checked ? "option chosen" : "option"}>
      <label>
        <input type="radio" name=${group} checked=${checked} onChange=${() => onChoose(option.key)} />
        <span class="option-words">
          <span class="option-head">
            <strong>${words}</strong>
            ${option.key === one.preset && html`<${Badge} kind="info">${t("conflicts.proposed")}<//>`}
          </span>
          ${option.value === undefined
            ? html`<span class="soft">${t("conflicts.absent")}</span>`
            : attachment
              ? html`<${AttachmentWords} attachment=${attachment} />`
              : html`<${Lines} name=${name} lines=${lines} before=${!marked ? lines : linesOf(conflict, one.path, one.ancestor, "ancestor")}
                differs=${marked && !same(option.value, one.ancestor)} />`}
        </span>
      </label>
      ${attachment && rev && html`<${AttachmentActions} db=${db} id=${conflict.id} rev=${rev} attachment=${attachment} source=${words} />`}
      ${rev &&
      beside.map(
        (data) => html`<${AttachmentActions} key=${data.name} db=${db} id=${conflict.id} rev=${rev} attachment=${data} source=${words} words=${true} />`,
      )}
      ${complex && html`<details><summary>JSON</summary><pre>${indented(option.value)}</pre></details>`}
    </div>
  `;
}
