// The shell around all pages: who signs in sees the navigation and the page that the address names; over everything stand messages, running
// work and questions. Nobody who is not signed in gets a page to see.

import { html, useEffect, useRef, useState } from "./core/html.js";
import { useShared } from "./core/state.js";
import { language, t } from "./core/language.js";
import { place } from "./core/routes.js";
import { session } from "./core/session.js";
import { findPage } from "./pages/index.js";
import { SignIn } from "./pages/sign-in.js";
import { NotFound } from "./pages/not-found.js";
import { TopBar } from "./shell/top-bar.js";
import { Navigation } from "./shell/navigation.js";
import { LazyPage } from "./shell/lazy-page.js";
import { LeavingQuestion } from "./shell/leaving-question.js";
import { SignInAgain } from "./shell/sign-in-again.js";
import { Toasts } from "./shell/toasts.js";
import { Works } from "./shell/works.js";

export function App() {
  // Drawn anew from here when the language changes.
  useShared(language);
  const who = useShared(session);
  if (who.state === "out" || who.state === "unknown") {
    return html`<${SignIn} /><${Toasts} />`;
  }
  return html`<${Desk} who=${who} />`;
}

function Desk({ who }) {
  const { path, query } = useShared(place);
  const [menuOpen, setMenuOpen] = useState(false);
  const main = useRef(null);
  const first = useRef(true);
  useEffect(() => {
    setMenuOpen(false);
    // A new page begins at its beginning, for eyes and for screen readers; not when the console was only just opened.
    if (!first.current) {
      main.current.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    first.current = false;
  }, [path]);
  const found = findPage(path);
  return html`
    <a class="skip-link" href="#main" onClick=${(event) => skipTo(event, main)}>${t("shell.skip")}</a>
    <${TopBar} who=${who} menuOpen=${menuOpen} onMenu=${() => setMenuOpen(!menuOpen)} />
    <div class="desk">
      <${Navigation} path=${path} open=${menuOpen} who=${who} />
      <main id="main" tabindex="-1" ref=${main} aria-label=${t("shell.main")}>
        ${found
          ? html`<${LazyPage} key=${path} page=${found.page} params=${found.params} query=${query} />`
          : html`<${NotFound} />`}
      </main>
    </div>
    <${Works} />
    <${Toasts} />
    <${LeavingQuestion} />
    ${who.state === "lost" && html`<${SignInAgain} name=${who.name} />`}
  `;
}

/** The address is the page's name here, so "#main" must not become it. */
function skipTo(event, main) {
  event.preventDefault();
  main.current.focus();
}
