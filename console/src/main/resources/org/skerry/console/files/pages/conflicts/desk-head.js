// The head of the conflict desk's pages of one database: the database's own, and below it what the desk has.

import { html } from "../../core/html.js";
import { msg, t } from "../../core/language.js";
import { link } from "../../core/routes.js";
import { DatabaseHead } from "../databases/database-head.js";
import { LIST, POLICY, SETTLEMENTS } from "./routes.js";

const PAGES = [
  [LIST, msg("conflicts.tab.open")],
  [SETTLEMENTS, msg("conflicts.tab.settled")],
  [POLICY, msg("conflicts.tab.rules")],
];

export function DeskHead({ db, here, actions }) {
  return html`
    <${DatabaseHead} db=${db} here=${LIST} actions=${actions} />
    <nav class="desk-pages" aria-label=${t("conflicts.tabs")}>
      ${PAGES.map(([route, label]) => html`<a href=${link(route, { db })} aria-current=${route === here ? "page" : undefined}>${t(label)}</a>`)}
    </nav>
  `;
}
