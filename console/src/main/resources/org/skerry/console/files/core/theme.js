// Light, dark, or as the system has it. The colours are CSS (style/tokens.css, light-dark()); this only says which of them holds.

import { createState } from "./state.js";
import { recall, remember } from "./memory.js";

export const THEMES = ["system", "light", "dark"];

export const theme = createState(THEMES.includes(recall("theme")) ? recall("theme") : "system");

theme.watch((chosen) => {
  remember("theme", chosen === "system" ? null : chosen);
  if (chosen === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = chosen;
  }
});
