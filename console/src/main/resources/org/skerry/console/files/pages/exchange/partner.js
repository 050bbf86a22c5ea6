// One partner: its two directions, what can be done about it, and what was set aside.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { link } from "../../core/routes.js";
import { complain, say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";
import { Direction } from "./direction.js";
import { SetAside } from "./set-aside.js";

export function Partner({ doc, state, onEdit, onChanged }) {
  const [removing, setRemoving] = useState(false);
  const name = doc._id;
  const run = async (direction) => {
    try {
      await api.post(["_exchange", "_status", name, "run"], { query: { direction } });
      say(t("exchange.runs", { name }));
      onChanged();
    } catch (problem) {
      complain(problem);
    }
  };
  const remove = async () => {
    await api.delete(["_exchange", name], { query: { rev: doc._rev } });
    say(t("exchange.removed", { name }));
    setRemoving(false);
    onChanged();
  };
  return html`
    <section class="card" aria-labelledby=${`partner-${name}`}>
      <div class="section-head">
        <h2 id=${`partner-${name}`}>${name}</h2>
        <div class="actions">
          <${Button} icon="pencil" onClick=${onEdit} aria-label=${t("exchange.edit.one", { name })}>${t("exchange.edit")}<//>
          <${Button} icon="trash" onClick=${() => setRemoving(true)} aria-label=${t("exchange.remove.one", { name })}>${t("exchange.remove")}<//>
        </div>
      </div>
      <p class="soft">
        <a href=${link("/databases/:db", { db: doc.database })}>${doc.database}</a> ↔ <span class="code">${state?.base ?? doc.base}</span>
        ${doc.comment && html` · ${doc.comment}`}
      </p>
      ${!state && html`<p class="soft" role="status">${t("exchange.begins")}</p>`}
      <div class="pairs">
        ${["pull", "push"].map(
          (direction) => state?.[direction] && html`<${Direction} key=${direction} partner=${name} direction=${direction} lane=${state[direction]} onRun=${() => run(direction)} />`,
        )}
      </div>
      ${state?.letters.length > 0 && html`<${SetAside} partner=${name} letters=${state.letters} onChanged=${onChanged} />`}
      ${removing &&
      html`<${Confirm} title=${t("exchange.remove.title", { name })} text=${t("exchange.remove.text")} typed=${name} action=${t("exchange.remove")}
        onConfirm=${remove} onClose=${() => setRemoving(false)} />`}
    </section>
  `;
}
