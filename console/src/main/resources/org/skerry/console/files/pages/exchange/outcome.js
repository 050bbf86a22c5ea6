// What became of a step, as a badge.

import { html } from "../../core/html.js";
import { t } from "../../core/language.js";
import { Badge } from "../../parts/badge.js";

export function Outcome({ message }) {
  if (message.conflict) {
    return html`<${Badge} kind="warn">${t("exchange.outcome.conflict")}<//>`;
  }
  return message.success ? html`<${Badge} kind="good">${t("exchange.outcome.success")}<//>` : html`<${Badge} kind="bad">${t("exchange.outcome.failure")}<//>`;
}
