// What a revision is, in words.

import { html } from "../../core/html.js";
import { t } from "../../core/language.js";
import { Badge } from "../../parts/badge.js";

export function RevisionBadges({ revision }) {
  return html`
    ${revision.winner && html`<${Badge} kind="info">${t("history.winner")}<//>`}
    ${revision.conflict && html`<${Badge} kind="warn">${t("history.conflict")}<//>`}
    ${revision.deleted && html`<${Badge} kind="bad">${t("history.tombstone")}<//>`}
    ${revision.children.length > 1 && html`<${Badge}>${t("history.fork")}<//>`}
  `;
}
