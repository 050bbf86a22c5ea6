// It is settled: what comes next, and the way back.

import { html, useEffect, useRef, useState } from "../../../core/html.js";
import { api } from "../../../core/api.js";
import { t } from "../../../core/language.js";
import { useLoad } from "../../../core/load.js";
import { link } from "../../../core/routes.js";
import { Button, LinkButton } from "../../../parts/button.js";
import { Notice } from "../../../parts/problem-box.js";
import { LIST, ONE, SETTLEMENTS } from "../routes.js";
import { Undo } from "../undo.js";

export function Settled({ db, id, settlement, onUndone }) {
  const heading = useRef(null);
  const [undoing, setUndoing] = useState(false);
  const next = useLoad((signal) => api.get([db, "_conflicts"], { query: { limit: 2 }, signal }), [db, settlement]);
  const other = next.value?.rows.find((row) => row.id !== id);
  useEffect(() => heading.current.focus(), []);
  return html`
    <${Notice} kind="good">
      <h2 class="settled" tabindex="-1" ref=${heading}>${t("conflicts.is_settled")}</h2>
      <p>${t("conflicts.is_settled.text")}</p>
    <//>
    <p class="actions">
      ${other && html`<${LinkButton} kind="main" icon="forward" href=${link(ONE, { db, id: other.id })}>${t("conflicts.next", { id: other.id })}<//>`}
      <${LinkButton} icon="list" href=${link(LIST, { db })}>${t("conflicts.to_list")}<//>
      <${LinkButton} icon="history" href=${link(SETTLEMENTS, { db }, { doc: id })}>${t("conflicts.how_settled")}<//>
      <${Button} icon="undo" onClick=${() => setUndoing(true)}>${t("conflicts.undo.ask")}<//>
    </p>
    ${undoing && html`<${Undo} db=${db} id=${id} settlement=${settlement} onUndone=${onUndone} onClose=${() => setUndoing(false)} />`}
  `;
}
