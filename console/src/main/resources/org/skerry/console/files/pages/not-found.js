// An address that names no page: a typing error, or a link from another version.

import { html } from "../core/html.js";
import { t } from "../core/language.js";
import { PageHead } from "../parts/page-head.js";

export function NotFound() {
  return html`
    <${PageHead} title=${t("shell.no_page")} />
    <p>${t("shell.no_page.text")}</p>
    <p><a href="#/">${t("shell.no_page.home")}</a></p>
  `;
}

