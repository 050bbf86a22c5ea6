// Deleting a database takes every document with it, so its name must be typed.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t, tn } from "../../core/language.js";
import { go } from "../../core/routes.js";
import { session } from "../../core/session.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";
import { forgetOpened } from "./opened.js";

export function DeleteDatabase({ db, count }) {
  const [asking, setAsking] = useState(false);
  if (!session.get().isAdmin) {
    return null;
  }
  const drop = async () => {
    await api.delete([db]);
    forgetOpened(db);
    say(t("databases.dropped", { name: db }));
    go("/databases");
  };
  return html`
    <section class="card" aria-labelledby="drop">
      <h2 id="drop">${t("databases.drop")}</h2>
      <p>${t("databases.drop.text")}</p>
      <p><${Button} kind="danger" icon="trash" onClick=${() => setAsking(true)}>${t("databases.drop.ask")}<//></p>
      ${asking &&
      html`
        <${Confirm}
          title=${t("databases.drop.title", { name: db })}
          text=${tn("databases.drop.sure", count)}
          typed=${db}
          action=${t("databases.drop.do")}
          onConfirm=${drop}
          onClose=${() => setAsking(false)}
        />
      `}
    </section>
  `;
}
