// Editing a document's body. What is saved is the text as it stands, so numbers keep their digits. A save that finds somebody else's newer
// revision (409) loses nothing: both are shown, and the person decides.

import { html, useEffect, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { checkBody } from "../../core/json/check.js";
import { closeDocument } from "../../core/json/document.js";
import { t } from "../../core/language.js";
import { guardLeaving } from "../../core/routes.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { JsonEditor } from "../../parts/json-editor.js";
import { ProblemBox } from "../../parts/problem-box.js";
import { Overtaken } from "./overtaken.js";
import { readDocument } from "./read-document.js";

export function DocumentEditor({ db, id, doc, onDirty, onSaved }) {
  const [base, setBase] = useState(doc);
  const [text, setText] = useState(doc.body);
  const [fault, setFault] = useState(null);
  const [problem, setProblem] = useState(null);
  const [theirs, setTheirs] = useState(null);
  const [busy, setBusy] = useState(false);
  const dirty = text !== base.body;
  useEffect(() => {
    guardLeaving(dirty);
    onDirty(dirty);
    return () => guardLeaving(false);
  }, [dirty]);

  const change = (next) => {
    setText(next);
    setFault(null);
  };
  const reset = (to) => {
    setBase(to);
    setText(to.body);
    setTheirs(null);
    setProblem(null);
  };
  const saveOver = async ({ rev, keep }) => {
    const found = checkBody(text);
    setFault(found);
    setProblem(null);
    if (found || busy) {
      return;
    }
    setBusy(true);
    try {
      await api.put([db, id], { text: closeDocument(text, keep), query: { rev } });
      guardLeaving(false);
      say(t("documents.saved", { id }));
      onSaved();
    } catch (failure) {
      setBusy(false);
      if (failure.status === 409) {
        setTheirs(await readDocument(db, id).catch((again) => void setProblem(again)));
      } else {
        setProblem(failure);
      }
    }
  };
  const submit = (event) => {
    event.preventDefault();
    saveOver(base);
  };
  return html`
    <section class="card" aria-label=${t("documents.content")}>
      <form onSubmit=${submit}>
        <${JsonEditor} label=${t("documents.content")} value=${text} onInput=${change} check=${checkBody} fault=${fault} locked=${busy} />
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        ${theirs &&
        html`
          <${Overtaken} mine=${text} theirs=${theirs} busy=${busy} onMine=${() => saveOver(theirs.missing ? {} : theirs)}
            onTheirs=${() => (theirs.missing ? onSaved() : reset(theirs))} onBoth=${() => keepEditing()} />
        `}
        ${!theirs &&
        html`
          <div class="form-actions">
            <${Button} disabled=${!dirty} onClick=${() => reset(base)}>${t("documents.discard")}<//>
            <${Button} kind="main" type="submit" busy=${busy} disabled=${!dirty}>${t("documents.save")}<//>
          </div>
        `}
      </form>
    </section>
  `;

  /** Their revision becomes the one that the next save follows; the text stays mine, to be changed with theirs in view. */
  function keepEditing() {
    if (!theirs.missing) {
      setBase(theirs);
    }
    setTheirs(null);
  }
}
