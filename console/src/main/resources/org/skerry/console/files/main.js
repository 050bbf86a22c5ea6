// The console starts here: language, then who is signed in, then the shell. What cannot start says so.

import { html, render } from "./core/html.js";
import { startLanguage } from "./core/language.js";
import { loadSession } from "./core/session.js";
import { App } from "./app.js";

const container = document.getElementById("app");

async function start() {
  try {
    await startLanguage();
    await loadSession();
    render(html`<${App} />`, container);
  } catch (failure) {
    // No texts, or no node: these words are all that there is.
    console.error(failure);
    const words = document.createElement("p");
    words.className = "start-failed";
    words.setAttribute("role", "alert");
    words.textContent =
      "The node cannot be reached. Reload this page to try again. · Le nœud est injoignable. Rechargez la page. · " +
      "No se puede contactar con el nodo. Recargue la página.";
    container.replaceChildren(words);
  }
}

start();
