// The page: who signs in sees two panes, this tablet and the centre, and between them the line that can be cut.

import { html, useEffect, useState } from "../core/html.js";
import { language, t } from "../core/language.js";
import { session, signOut } from "../core/session.js";
import { useShared } from "../core/state.js";
import { complain } from "../core/toasts.js";
import { Field } from "../parts/field.js";
import { Icon } from "../parts/icon.js";
import { ProblemBox } from "../parts/problem-box.js";
import { SignInForm } from "../parts/sign-in-form.js";
import { LanguageChoice, ThemeChoice } from "../shell/choices.js";
import { SignInAgain } from "../shell/sign-in-again.js";
import { Toasts } from "../shell/toasts.js";
import { centre, followCentre } from "./core/centre.js";
import { forgetUser } from "./core/user.js";
import { forgetTablet, openTablet, tablet } from "./core/tablet.js";
import { Line } from "./parts/line.js";
import { Pane } from "./parts/pane.js";

export function App() {
  // Drawn anew from here when the language changes.
  useShared(language);
  const who = useShared(session);
  useEffect(() => {
    document.title = `${t("clinic.title")} · Skerry`;
  });
  return who.state === "out" || who.state === "unknown" ? html`<${SignIn} /><${Toasts} />` : html`<${Clinic} who=${who} />`;
}

function SignIn() {
  return html`
    <main class="sign-in" id="main">
      <section class="sign-in-card" aria-labelledby="sign-in-title">
        <img src="../icon.svg" alt="" width="56" height="56" />
        <h1 id="sign-in-title">${t("clinic.title")}</h1>
        <p class="soft">${t("clinic.sign_in.text")}</p>
        <${SignInForm} />
      </section>
      <div class="sign-in-choices"><${LanguageChoice} /><${ThemeChoice} /></div>
    </main>
  `;
}

function Clinic({ who }) {
  const [wanted, setWanted] = useState("");
  const [problem, setProblem] = useState(null);
  useEffect(() => {
    const control = new AbortController();
    openTablet(who.name, control.signal).catch(setProblem);
    followCentre(control.signal);
    return () => control.abort();
  }, [who.name]);
  return html`
    <${Bar} who=${who} />
    <main class="clinic" id="main" tabindex="-1">
      <h1>${t("clinic.title")}</h1>
      <p class="soft">${t("clinic.story")}</p>
      ${problem && html`<${ProblemBox} problem=${problem} onRetry=${() => location.reload()} />`}
      <${Line} />
      <div class="find"><${Field} label=${t("clinic.find")} type="search" value=${wanted} onInput=${setWanted} autocomplete="off" /></div>
      <div class="panes">
        <${Pane} side=${tablet} wanted=${wanted} />
        <${Pane} side=${centre} wanted=${wanted} />
      </div>
    </main>
    <${Toasts} />
    ${who.state === "lost" && html`<${SignInAgain} name=${who.name} />`}
  `;
}

function Bar({ who }) {
  const leave = () =>
    forgetTablet()
      .then(forgetUser)
      .then(signOut)
      .catch(complain);
  return html`
    <header class="top-bar">
      <a class="brand" href="../"><img src="../icon.svg" alt="" width="28" height="28" />Skerry</a>
      <div class="own">
        <${LanguageChoice} />
        <${ThemeChoice} />
        <span class="who"><${Icon} name="person" /><span class="who-name">${who.name}</span></span>
        <button class="icon-button" onClick=${leave} title=${t("shell.sign_out")}>
          <${Icon} name="leave" /><span class="visually-hidden">${t("shell.sign_out")}</span>
        </button>
      </div>
    </header>
  `;
}
