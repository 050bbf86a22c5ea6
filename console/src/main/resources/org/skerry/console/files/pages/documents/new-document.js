// A new document: an id, or none, for which the node makes one; and a body.

import { html, useEffect, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { checkBody } from "../../core/json/check.js";
import { t } from "../../core/language.js";
import { go, guardLeaving, link } from "../../core/routes.js";
import { say } from "../../core/toasts.js";
import { Button, LinkButton } from "../../parts/button.js";
import { Field } from "../../parts/field.js";
import { JsonEditor } from "../../parts/json-editor.js";
import { PageHead } from "../../parts/page-head.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { trail } from "./document.js";

const EMPTY = "{\n  \n}";

export default function NewDocument({ params: { db }, query }) {
  const [id, setId] = useState(query.id ?? "");
  const [text, setText] = useState(EMPTY);
  const [fault, setFault] = useState(null);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const dirty = text !== EMPTY;
  useEffect(() => {
    guardLeaving(dirty);
    return () => guardLeaving(false);
  }, [dirty]);
  const save = async (event) => {
    event.preventDefault();
    const found = checkBody(text);
    setFault(found);
    setProblem(null);
    if (found || busy) {
      return;
    }
    setBusy(true);
    try {
      const made = await (id ? api.put([db, id], { text }) : api.post([db], { text }));
      guardLeaving(false);
      say(t("documents.saved", { id: made.id }));
      go("/databases/:db/documents/:id", { db, id: made.id });
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <${PageHead} title=${t("documents.new")} trail=${trail(db)} />
    <form class="card" onSubmit=${save}>
      <${Field} label=${t("documents.id")} value=${id} onInput=${setId} hint=${t("documents.id.hint")} autocomplete="off" autocapitalize="none" spellcheck=${false} />
      <${JsonEditor}
        label=${t("documents.content")}
        value=${text}
        onInput=${(next) => {
          setText(next);
          setFault(null);
        }}
        check=${checkBody}
        fault=${fault}
        locked=${busy}
      />
      ${problem && (problem.status === 409 ? html`<${Taken} db=${db} id=${id} />` : html`<${ProblemBox} problem=${problem} />`)}
      <div class="form-actions">
        <${LinkButton} href=${link("/databases/:db", { db })}>${t("shell.cancel")}<//>
        <${Button} kind="main" type="submit" busy=${busy}>${t("documents.save")}<//>
      </div>
    </form>
  `;
}

function Taken({ db, id }) {
  return html`
    <p class="error" role="alert">
      ${t("documents.taken")} <a href=${link("/databases/:db/documents/:id", { db, id })}>${t("documents.taken.open")}</a>
    </p>
  `;
}
