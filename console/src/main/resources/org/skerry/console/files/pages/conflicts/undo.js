// Undoing a settlement: what was set aside comes back, and from then on a person decides about the document. Asked first, with a word why.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { freshen } from "./waiting.js";

export function Undo({ db, id, settlement, onUndone, onClose }) {
  const [comment, setComment] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const undo = async (event) => {
    event.preventDefault();
    if (busy) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const value = { settlement, ...(comment.trim() && { comment: comment.trim() }) };
      await api.post([db, "_settlements", id, "_undo"], { value });
      say(t("conflicts.undone", { id }));
      freshen({ now: true });
      onClose();
      onUndone();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${t("conflicts.undo.title")} onClose=${onClose}>
      <form onSubmit=${undo}>
        <p>${t("conflicts.undo.text", { id })}</p>
        <${Field} label=${t("conflicts.comment")} value=${comment} onInput=${setComment} maxlength="2000" autocomplete="off" />
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} onClick=${onClose}>${t("shell.cancel")}<//>
          <${Button} kind="danger" type="submit" busy=${busy}>${t("conflicts.undo.do")}<//>
        </div>
      </form>
    <//>
  `;
}
