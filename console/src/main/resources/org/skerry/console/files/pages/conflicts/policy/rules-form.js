// The rules in their order: the first that fits a document decides.

import { html } from "../../../core/html.js";
import { emptyRule } from "../../../core/conflict/rules.js";
import { t } from "../../../core/language.js";
import { Button } from "../../../parts/button.js";
import { Empty } from "../../../parts/empty.js";
import { RuleForm } from "./rule-form.js";

/** A name that no rule has. */
function freeName(rules) {
  let number = rules.length + 1;
  while (rules.some((rule) => rule.name === `rule ${number}`)) {
    number += 1;
  }
  return `rule ${number}`;
}

export function RulesForm({ rules, onRules }) {
  const move = (i, by) => onRules(rules.toSpliced(i, 1).toSpliced(i + by, 0, rules[i]));
  return html`
    ${rules.length === 0 && html`<${Empty} icon="list" title=${t("conflicts.policy.none")}><p>${t("conflicts.policy.none.text")}</p><//>`}
    ${rules.map(
      (rule, i) => html`
        <${RuleForm} rule=${rule} number=${i + 1}
          onRule=${(changed) => onRules(rules.with(i, changed))}
          onUp=${i > 0 && (() => move(i, -1))}
          onDown=${i < rules.length - 1 && (() => move(i, 1))}
          onRemove=${() => onRules(rules.toSpliced(i, 1))} />
      `,
    )}
    <p><${Button} icon="plus" onClick=${() => onRules([...rules, emptyRule(freeName(rules))])}>${t("conflicts.policy.add")}<//></p>
  `;
}
