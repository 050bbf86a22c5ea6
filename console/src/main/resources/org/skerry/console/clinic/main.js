// The clinic starts here: texts, who is signed in (or was, when the centre cannot be asked), then the page, which keeps itself for times without
// a line. It works with what the console is made of, and adds only what a clinic needs: core/ keeps the records (in the browser, and as the
// centre has them), parts/ shows them.

import { addTexts, startLanguage } from "../core/language.js";
import { startPage } from "../core/start.js";
import { App } from "./app.js";
import { keepPage } from "./core/kept-page.js";
import { enter } from "./core/user.js";

startPage(App, {
  first: async () => {
    addTexts(new URL("lang/", import.meta.url), "clinic");
    await startLanguage();
    await enter();
    keepPage();
  },
  failed:
    "The centre cannot be reached. Does the demo still run? · Le centre est injoignable. La démo tourne-t-elle encore ? · " +
    "No se puede contactar con el centro. ¿Sigue en marcha la demostración?",
});
