// The bar at the top: where one is (which node), and what is one's own: language, theme, signing out. On a narrow screen it holds the button
// that opens the navigation.

import { html } from "../core/html.js";
import { t } from "../core/language.js";
import { signOut } from "../core/session.js";
import { complain } from "../core/toasts.js";
import { Icon } from "../parts/icon.js";
import { LanguageChoice, ThemeChoice } from "./choices.js";

export function TopBar({ who, menuOpen, onMenu }) {
  return html`
    <header class="top-bar">
      <button class="icon-button menu-button" aria-expanded=${menuOpen} aria-controls="navigation" onClick=${onMenu}>
        <${Icon} name=${menuOpen ? "close" : "menu"} />
        <span class="visually-hidden">${t("shell.menu")}</span>
      </button>
      <a class="brand" href="#/"><img src="icon.svg" alt="" width="28" height="28" />Skerry</a>
      <span class="node-name" title=${t("shell.node")}>${location.host}</span>
      <div class="own">
        <${LanguageChoice} />
        <${ThemeChoice} />
        <span class="who" title=${who.isAdmin ? t("shell.admin") : t("shell.user")}>
          <${Icon} name="person" /><span class="who-name">${who.name}</span>
        </span>
        <button class="icon-button" onClick=${() => signOut().catch(complain)} title=${t("shell.sign_out")}>
          <${Icon} name="leave" /><span class="visually-hidden">${t("shell.sign_out")}</span>
        </button>
      </div>
    </header>
  `;
}
