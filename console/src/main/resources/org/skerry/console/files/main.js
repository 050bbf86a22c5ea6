// The console starts here: language, then who is signed in, then the shell.

import { startLanguage } from "./core/language.js";
import { loadSession } from "./core/session.js";
import { startPage } from "./core/start.js";
import { App } from "./app.js";

startPage(App, {
  first: async () => {
    await startLanguage();
    await loadSession();
  },
  failed:
    "The node cannot be reached. Reload this page to try again. · Le nœud est injoignable. Rechargez la page. · " +
    "No se puede contactar con el nodo. Recargue la página.",
});
