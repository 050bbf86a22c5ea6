// The clinic starts here: texts, who is signed in, then the page. It works with what the console is made of, and adds only what a clinic needs:
// core/ keeps the records (in the browser, and as the centre has them), parts/ shows them.

import { html, render } from "../core/html.js";
import { addTexts, startLanguage } from "../core/language.js";
import { loadSession } from "../core/session.js";
import { App } from "./app.js";

const container = document.getElementById("app");

async function start() {
  try {
    addTexts(new URL("lang/", import.meta.url), "clinic");
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
      "The centre cannot be reached. Does the demo still run? · Le centre est injoignable. La démo tourne-t-elle encore ? · " +
      "No se puede contactar con el centro. ¿Sigue en marcha la demostración?";
    container.replaceChildren(words);
  }
}

start();
