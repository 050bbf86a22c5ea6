// How a page starts: what it needs first, then the page itself. What cannot start says so in these words, in every language at once, because
// then there may be neither texts nor a node.

import { html, render } from "./html.js";

export async function startPage(App, { first, failed }) {
  const container = document.getElementById("app");
  try {
    await first();
    render(html`<${App} />`, container);
  } catch (failure) {
    console.error(failure);
    const words = document.createElement("p");
    words.className = "start-failed";
    words.setAttribute("role", "alert");
    words.textContent = failed;
    container.replaceChildren(words);
  }
}
