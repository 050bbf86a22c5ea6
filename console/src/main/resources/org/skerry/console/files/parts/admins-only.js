// Pages about the node itself are for server administrators: the node tells nobody else. Others are told so, instead of a row of refusals.

import { html } from "../core/html.js";
import { t } from "../core/language.js";
import { useShared } from "../core/state.js";
import { session } from "../core/session.js";
import { Empty } from "./empty.js";
import { LinkButton } from "./button.js";
import { PageHead } from "./page-head.js";

/** A page's component, for administrators; the sentence for others. */
export function forAdmins(title, Page) {
  return function Guarded(given) {
    const { isAdmin } = useShared(session);
    if (isAdmin) {
      return html`<${Page} ...${given} />`;
    }
    return html`
      <${PageHead} title=${t(title)} />
      <${Empty} icon="lock" title=${t("overview.admins_only")}>
        <p>${t("overview.admins_only.todo")}</p>
        <${LinkButton} icon="database" href="#/databases">${t("databases.title")}<//>
      <//>
    `;
  };
}
