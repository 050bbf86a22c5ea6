// The list of pages, made from the registry. At the side on a wide screen; below the bar, when it is opened, on a narrow one.

import { html, useEffect } from "../core/html.js";
import { formatNumber, t } from "../core/language.js";
import { useShared } from "../core/state.js";
import { pages } from "../pages/index.js";
import { Icon } from "../parts/icon.js";

export function Navigation({ path, open, who }) {
  const shown = pages.filter((page) => page.nav && (!page.admin || who.isAdmin));
  return html`
    <nav id="navigation" class=${open ? "navigation open" : "navigation"} aria-label=${t("shell.navigation")}>
      <ul>
        ${shown.map((page) => html`<li key=${page.route}><${Entry} page=${page} path=${path} /></li>`)}
      </ul>
    </nav>
  `;
}

/** Pages below an entry ("/databases/clinic") belong to it. */
function Entry({ page, path }) {
  const here = path === page.route || (page.route !== "/" && path.startsWith(`${page.route}/`));
  return html`
    <a href=${`#${page.route}`} aria-current=${path === page.route ? "page" : here ? "true" : undefined}>
      <${Icon} name=${page.icon} /><span>${t(page.title)}</span>${page.count && html`<${Count} count=${page.count} path=${path} />`}
    </a>
  `;
}

/** How much waits there; nothing while it is not known, or none. */
function Count({ count, path }) {
  const known = useShared(count.shown);
  useEffect(() => count.ask(), [path]);
  return known?.total > 0 ? html` <span class="count">${formatNumber(known.total)}${known.more && "+"}</span>` : null;
}
