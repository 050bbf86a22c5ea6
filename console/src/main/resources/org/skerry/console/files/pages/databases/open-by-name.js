// For users who may not list the node's databases: they know the name of theirs. Those that were opened before are remembered.

import { html, useState } from "../../core/html.js";
import { t } from "../../core/language.js";
import { go, link } from "../../core/routes.js";
import { Button } from "../../parts/button.js";
import { Field } from "../../parts/field.js";
import { PageHead } from "../../parts/page-head.js";
import { opened } from "./opened.js";

export function OpenByName() {
  const [name, setName] = useState("");
  const open = (event) => {
    event.preventDefault();
    if (name) {
      go("/databases/:db", { db: name });
    }
  };
  const before = opened();
  return html`
    <${PageHead} title=${t("databases.title")} />
    <form class="card" onSubmit=${open}>
      <p class="soft">${t("databases.open.hint")}</p>
      <div class="toolbar">
        <${Field} label=${t("databases.open")} value=${name} onInput=${setName} autocapitalize="none" spellcheck=${false} />
        <${Button} kind="main" type="submit">${t("databases.open.do")}<//>
      </div>
    </form>
    ${before.length > 0 &&
    html`
      <section class="card" aria-labelledby="opened-before">
        <h2 id="opened-before">${t("databases.opened")}</h2>
        <ul>${before.map((db) => html`<li><a href=${link("/databases/:db", { db })}>${db}</a></li>`)}</ul>
      </section>
    `}
  `;
}
