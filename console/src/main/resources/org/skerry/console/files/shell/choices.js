// Language and theme: small choices that hold at once and are remembered by this browser.

import { html } from "../core/html.js";
import { LANGUAGES, chooseLanguage, language, msg, t } from "../core/language.js";
import { useShared } from "../core/state.js";
import { THEMES, theme } from "../core/theme.js";
import { complain } from "../core/toasts.js";
import { Icon } from "../parts/icon.js";

export function LanguageChoice() {
  const chosen = useShared(language);
  return html`
    <span class="small-choice" title=${t("shell.language")}>
      <${Icon} name="globe" />
      <select aria-label=${t("shell.language")} value=${chosen} onChange=${(event) => chooseLanguage(event.target.value).catch(complain)}>
        ${Object.entries(LANGUAGES).map(
          ([code, name]) => html`<option value=${code} lang=${code} selected=${code === chosen}>${name}</option>`,
        )}
      </select>
    </span>
  `;
}

const LOOKS = {
  system: { icon: "contrast", label: msg("shell.theme.system") },
  light: { icon: "sun", label: msg("shell.theme.light") },
  dark: { icon: "moon", label: msg("shell.theme.dark") },
};

export function ThemeChoice() {
  const chosen = useShared(theme);
  return html`
    <span class="small-choice" title=${t("shell.theme")}>
      <${Icon} name=${LOOKS[chosen].icon} />
      <select aria-label=${t("shell.theme")} value=${chosen} onChange=${(event) => theme.set(event.target.value)}>
        ${THEMES.map((one) => html`<option value=${one} selected=${one === chosen}>${t(LOOKS[one].label)}</option>`)}
      </select>
    </span>
  `;
}
