// One rule: for which documents it is, and how it settles. What a method does not need is not asked.

import { html } from "../../../core/html.js";
import { METHODS, WAYS } from "../../../core/conflict/rules.js";
import { checkObject } from "../../../core/json/check.js";
import { msg, t } from "../../../core/language.js";
import { Button } from "../../../parts/button.js";
import { Choice, Field } from "../../../parts/field.js";
import { methodLabel } from "../one/proposal.js";

const WAY_LABELS = {
  merge: msg("conflicts.place.merge"),
  set: msg("conflicts.place.set"),
  counter: msg("conflicts.place.counter"),
  latest: msg("conflicts.place.latest"),
  winner: msg("conflicts.place.winner"),
  identity: msg("conflicts.place.identity"),
  manual: msg("conflicts.place.manual"),
};

const CODE = { spellcheck: false, autocapitalize: "none", autocomplete: "off" };

export function RuleForm({ rule, number, onRule, onUp, onDown, onRemove }) {
  const set = (name) => (value) => onRule({ ...rule, [name]: value });
  const fault = rule.selector.trim() && checkObject(rule.selector);
  return html`
    <section class="card rule" role="group" aria-label=${t("conflicts.rule", { number, name: rule.name })}>
      <div class="section-head">
        <h3>${t("conflicts.rule", { number, name: rule.name })}</h3>
        <div class="actions">
          <${Button} kind="quiet" disabled=${!onUp} onClick=${onUp}>${t("conflicts.rule.up")}<//>
          <${Button} kind="quiet" disabled=${!onDown} onClick=${onDown}>${t("conflicts.rule.down")}<//>
          <${Button} kind="quiet" icon="trash" onClick=${onRemove}>${t("conflicts.rule.remove")}<//>
        </div>
      </div>
      <div class="pairs">
        <${Field} label=${t("conflicts.rule.name")} value=${rule.name} onInput=${set("name")} ...${CODE} />
        <${Field} label=${t("conflicts.rule.types")} value=${rule.types} onInput=${set("types")} hint=${t("conflicts.rule.types.hint")} ...${CODE} />
      </div>
      <${Field} label=${t("conflicts.rule.selector")} value=${rule.selector} onInput=${set("selector")} area rows="2"
        hint=${t("conflicts.rule.selector.hint")} error=${fault && fault.text} ...${CODE} />
      <${Choice} label=${t("conflicts.rule.method")} value=${rule.method} onInput=${set("method")} options=${METHODS.map((method) => [method, methodLabel(method)])} />
      ${rule.method === "merge" && html`<${Members} members=${rule.members} onMembers=${set("members")} />`}
      ${(rule.method === "latest" || rule.method === "site") &&
      html`<${Field} label=${t("conflicts.rule.member")} value=${rule.member} onInput=${set("member")} hint=${t("conflicts.rule.member.hint")} ...${CODE} />`}
      ${rule.method === "site" &&
      html`<${Field} label=${t("conflicts.rule.order")} value=${rule.order} onInput=${set("order")} hint=${t("conflicts.rule.order.hint")} ...${CODE} />`}
      ${rule.method === "function" &&
      html`<${Field} label=${t("conflicts.rule.function")} value=${rule.function} onInput=${set("function")} area rows="6" hint=${t("conflicts.rule.function.hint")} ...${CODE} />`}
    </section>
  `;
}

function Members({ members, onMembers }) {
  const change = (i, part) => onMembers(members.with(i, { ...members[i], ...part }));
  return html`
    <fieldset class="plain">
      <legend class="label">${t("conflicts.rule.members")}</legend>
      ${members.map(
        (one, i) => html`
          <div class="rule-member">
            <${Field} label=${t("conflicts.member")} value=${one.path} onInput=${(path) => change(i, { path })} placeholder="/telecom" ...${CODE} />
            <${Choice} label=${t("conflicts.rule.way")} value=${one.way} onInput=${(way) => change(i, { way })} options=${WAYS.map((way) => [way, t(WAY_LABELS[way])])} />
            ${one.way === "latest" && html`<${Field} label=${t("conflicts.rule.member")} value=${one.arg} onInput=${(arg) => change(i, { arg })} placeholder="/meta/lastUpdated" ...${CODE} />`}
            ${one.way === "identity" && html`<${Field} label=${t("conflicts.rule.identity")} value=${one.arg} onInput=${(arg) => change(i, { arg })} placeholder="system, value" ...${CODE} />`}
            <${Button} kind="quiet" icon="close" onClick=${() => onMembers(members.toSpliced(i, 1))}>${t("conflicts.rule.remove_member")}<//>
          </div>
        `,
      )}
      <p><${Button} icon="plus" onClick=${() => onMembers([...members, { path: "", way: "set", arg: "" }])}>${t("conflicts.rule.add_member")}<//></p>
    </fieldset>
  `;
}
