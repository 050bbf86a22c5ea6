// Which conflicts a list shows. The filters stand in the page's address; what is empty there means "all", so a kind or a pattern that is
// itself empty is written as "=".

import { html } from "../../core/html.js";
import { formatNumber, t } from "../../core/language.js";
import { membersOf } from "../../core/conflict/pattern.js";
import { Choice } from "../../parts/field.js";
import { kindLabel, placeLabel } from "./labels.js";

const NOTHING = "=";
const HOUR = 3600;
const DAY = 24 * HOUR;

export const inAddress = (text) => (text === "" ? NOTHING : text);
const fromAddress = (text) => (text === NOTHING ? "" : text);

/** The node's parameters for a page's query. */
export const asked = ({ kind, pattern, state, age, order }) => ({
  kind: fromAddress(kind),
  pattern: fromAddress(pattern),
  state: state || undefined,
  min_age: Number(age) || undefined,
  descending: order === "newest" ? true : undefined,
});

export const patternLabel = (pattern) => membersOf(fromAddress(pattern)).map(placeLabel).join(", ") || t("conflicts.whole");

export const isFiltered = ({ kind, pattern, state, age }) => Boolean(kind || pattern || state || age);

/** kinds: how many there are of each; show(change) opens the list so filtered. */
export function Filters({ query, kinds, show }) {
  // A kind whose last conflict was settled stays chosen.
  const known = { ...(query.kind && !(fromAddress(query.kind) in kinds) && { [fromAddress(query.kind)]: 0 }), ...kinds };
  const kindOptions = Object.entries(known)
    .sort(([, left], [, right]) => right - left)
    .map(([kind, count]) => [inAddress(kind), `${kindLabel(kind)} (${formatNumber(count)})`]);
  return html`
    <div class="toolbar" role="search" aria-label=${t("conflicts.filter")}>
      <${Choice} label=${t("conflicts.kind")} value=${query.kind ?? ""} onInput=${(kind) => show({ kind })}
        options=${[["", t("conflicts.all")], ...kindOptions]} />
      <${Choice} label=${t("conflicts.age")} value=${query.age ?? ""} onInput=${(age) => show({ age })}
        options=${[
          ["", t("conflicts.all")],
          [String(HOUR), t("conflicts.age.hour")],
          [String(DAY), t("conflicts.age.day")],
          [String(7 * DAY), t("conflicts.age.week")],
        ]} />
      <${Choice} label=${t("conflicts.state")} value=${query.state ?? ""} onInput=${(state) => show({ state })}
        options=${[
          ["", t("conflicts.all")],
          ["open", t("conflicts.state.open")],
          ["held", t("conflicts.state.held")],
          ["refused", t("conflicts.state.refused")],
        ]} />
      <${Choice} label=${t("conflicts.order")} value=${query.order ?? ""} onInput=${(order) => show({ order })}
        options=${[["", t("conflicts.order.oldest")], ["newest", t("conflicts.order.newest")]]} />
    </div>
  `;
}
