// What decides when many are settled at once: a merge in which each member that stays open has its way, one whole version, or any rule that a
// policy may have, as JSON.

import { html, newId, useState } from "../../../core/html.js";
import { checkObject } from "../../../core/json/check.js";
import { msg, t } from "../../../core/language.js";
import { Choice, Field } from "../../../parts/field.js";
import { JsonEditor } from "../../../parts/json-editor.js";
import { placeLabel } from "../labels.js";

export const firstRule = (open) => ({
  method: open.includes("") || open.length === 0 ? "winner" : "merge",
  places: open.filter((path) => path !== "").map((path) => ({ path, way: "winner", member: "" })),
  member: "/meta/lastUpdated",
  json: '{\n  "method": "merge",\n  "members": {}\n}',
});

function wayOf({ way, member }) {
  return way === "latest" ? { latest: member } : way;
}

/** The rule as the node wants it. */
export function ruleText(rule) {
  switch (rule.method) {
    case "json":
      return rule.json;
    case "latest":
      return JSON.stringify({ method: "latest", member: rule.member });
    case "winner":
      return JSON.stringify({ method: "winner" });
    default:
      return JSON.stringify({ method: "merge", members: Object.fromEntries(rule.places.map((one) => [one.path, wayOf(one)])) });
  }
}

const METHODS = [
  ["merge", msg("conflicts.many.merge")],
  ["winner", msg("conflicts.many.winner")],
  ["latest", msg("conflicts.many.latest")],
  ["json", msg("conflicts.many.json")],
];

export function RuleChoice({ rule, onRule, fault, missing }) {
  const [group] = useState(() => newId("method"));
  const change = (part) => onRule({ ...rule, ...part });
  return html`
    <fieldset class="plain">
      <legend class="label">${t("conflicts.many.method")}</legend>
      ${METHODS.map(
        ([method, label]) => html`
          <label class="check">
            <input type="radio" name=${group} checked=${rule.method === method} onChange=${() => change({ method })} />
            ${t(label)}
          </label>
        `,
      )}
    </fieldset>
    ${rule.method === "merge" && html`<${Places} places=${rule.places} onPlaces=${(places) => change({ places })} />`}
    ${rule.method === "latest" &&
    html`<${Field} label=${t("conflicts.rule.member")} value=${rule.member} onInput=${(member) => change({ member })} hint=${t("conflicts.rule.member.hint")}
      error=${missing && t("conflicts.rule.pointer")} spellcheck=${false} autocapitalize="none" />`}
    ${rule.method === "json" &&
    html`<${JsonEditor} label=${t("conflicts.many.rule")} value=${rule.json} onInput=${(json) => change({ json })} check=${checkObject} fault=${fault || null} />`}
  `;
}

const waysOfPlace = () => [
  ["winner", t("conflicts.place.winner")],
  ["latest", t("conflicts.place.latest")],
  ["set", t("conflicts.place.set")],
  ["counter", t("conflicts.place.counter")],
];

function Places({ places, onPlaces }) {
  const change = (i, part) => onPlaces(places.with(i, { ...places[i], ...part }));
  if (places.length === 0) {
    return html`<p class="soft">${t("conflicts.many.no_places")}</p>`;
  }
  return html`
    <div class="pairs">
      ${places.map(
        (one, i) => html`
          <div key=${one.path}>
            <${Choice} label=${placeLabel(one.path)} value=${one.way} options=${waysOfPlace()} onInput=${(way) => change(i, { way, member: one.member || "/meta/lastUpdated" })} />
            ${one.way === "latest" &&
            html`<${Field} label=${t("conflicts.rule.member")} value=${one.member} onInput=${(member) => change(i, { member })} hint=${t("conflicts.rule.member.hint")} spellcheck=${false} />`}
          </div>
        `,
      )}
    </div>
  `;
}
