// The first page: who are you? Nothing of the node is shown before.

import { html, useEffect } from "../core/html.js";
import { t } from "../core/language.js";
import { SignInForm } from "../parts/sign-in-form.js";
import { LanguageChoice, ThemeChoice } from "../shell/choices.js";

export function SignIn() {
  useEffect(() => {
    document.title = `${t("shell.sign_in")} · Skerry`;
  });
  return html`
    <main class="sign-in" id="main">
      <section class="sign-in-card" aria-labelledby="sign-in-title">
        <img src="icon.svg" alt="" width="56" height="56" />
        <h1 id="sign-in-title">Skerry</h1>
        <p class="soft">${t("shell.sign_in.text", { node: location.host })}</p>
        <${SignInForm} />
      </section>
      <div class="sign-in-choices"><${LanguageChoice} /><${ThemeChoice} /></div>
    </main>
  `;
}
