// The head of every page of one database: its name, and the pages that it has.

import { html, useEffect } from "../../core/html.js";
import { msg, t } from "../../core/language.js";
import { link } from "../../core/routes.js";
import { PageHead } from "../../parts/page-head.js";
import { rememberOpened } from "./opened.js";

const TABS = [
  { route: "/databases/:db", label: msg("databases.tab.documents") },
  { route: "/databases/:db/search", label: msg("databases.tab.search") },
  { route: "/databases/:db/changes", label: msg("databases.tab.changes") },
  { route: "/databases/:db/conflicts", label: msg("conflicts.tab") },
  { route: "/databases/:db/settings", label: msg("databases.tab.settings") },
];

/** here: the route of the page that is open. */
export function DatabaseHead({ db, here, actions }) {
  useEffect(() => rememberOpened(db), [db]);
  return html`
    <${PageHead} title=${db} trail=${[["#/databases", t("databases.title")]]} actions=${actions}>
      <nav class="tabs" aria-label=${t("databases.tabs")}>
        ${TABS.map(
          ({ route, label }) => html`
            <a href=${link(route, { db })} aria-current=${route === here ? "page" : undefined}>${t(label)}</a>
          `,
        )}
      </nav>
    <//>
  `;
}
