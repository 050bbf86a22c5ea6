// The scope rules of a database: which site gets which documents. The node checks them, and what it finds wrong is shown where it stands in the
// text. Behind a change documents follow in the background, which is shown while it lasts.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { useEvery } from "../../core/every.js";
import { checkObject } from "../../core/json/check.js";
import { placeOf, steps } from "../../core/json/pointer.js";
import { JsonFault, readJson } from "../../core/json/read.js";
import { indented } from "../../core/json/write.js";
import { formatNumber, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { session } from "../../core/session.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";
import { JsonEditor } from "../../parts/json-editor.js";
import { Notice, ProblemBox } from "../../parts/problem-box.js";
import { Loaded } from "../../parts/waiting.js";

const LINES = 8;
const PAUSE_MS = 2000;
const NO_RULES = "";
const EXAMPLE = `{
  "rules": [
    {"type": "Patient", "site": "/managingOrganization/reference"},
    {"type": "Observation", "follow": "/subject/reference"},
    {"type": "Organization", "everyone": true}
  ]
}`;

async function read(db, signal) {
  try {
    return indented(readJson(await api.text([db, "_scope"], { signal })));
  } catch (problem) {
    if (problem.status === 404) {
      return NO_RULES;
    }
    throw problem;
  }
}

/** The place in the text that the node's reason names: "at /rules/0/site: …". */
function faultOf(text, { error, reason }) {
  const [, pointer, why] = (error === "invalid_scope" && /^at (\S*|the top): (.*)$/s.exec(reason)) || [];
  if (why === undefined) {
    return null;
  }
  const at = pointer.startsWith("/") ? placeOf(readJson(text), steps(pointer)) : 0;
  const { line, column } = new JsonFault(text, at, "scope");
  return { line, column, at, text: why };
}

export function Scope({ db }) {
  const rules = useLoad((signal) => read(db, signal), [db]);
  if (db.startsWith("_")) {
    return null;
  }
  return html`
    <section class="card" aria-labelledby="scope">
      <h2 id="scope">${t("sites.scope")}</h2>
      <p class="soft">${t("sites.scope.what")}</p>
      ${session.get().isAdmin && html`<${Following} db=${db} />`}
      <${Loaded} of=${rules}>
        ${(found) => html`<${Editor} key=${found} db=${db} found=${found} onSaved=${rules.reload} />`}
      <//>
    </section>
  `;
}

/** How far documents have followed; only the node's administrators are told. */
function Following({ db }) {
  const tasks = useLoad((signal) => api.get(["_active_tasks"], { signal }), [db]);
  useEvery(PAUSE_MS, () => tasks.loading || tasks.reload());
  const task = tasks.value?.find((one) => one.type === "scope" && one.database === db);
  if (!task) {
    return null;
  }
  const words = t("sites.scope.following", { done: formatNumber(task.changes_done), total: formatNumber(task.total_changes) });
  return html`
    <p class="task-progress" role="status">
      <progress max=${Math.max(1, task.total_changes)} value=${task.changes_done} aria-label=${words}></progress> <span class="soft">${words}</span>
    </p>
  `;
}

function Editor({ db, found, onSaved }) {
  const [text, setText] = useState(found || EXAMPLE);
  const [fault, setFault] = useState(null);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const [dropping, setDropping] = useState(false);
  const type = (value) => {
    setText(value);
    setFault(null);
    setProblem(null);
  };
  const save = async (event) => {
    event.preventDefault();
    const wrong = checkObject(text);
    setFault(wrong);
    setProblem(null);
    if (wrong || busy) {
      return;
    }
    setBusy(true);
    try {
      await api.put([db, "_scope"], { text });
      say(t("sites.scope.saved"));
      onSaved();
    } catch (failure) {
      const place = faultOf(text, failure);
      setFault(place);
      setProblem(place ? null : failure);
    }
    setBusy(false);
  };
  const drop = async () => {
    await api.delete([db, "_scope"]);
    say(t("sites.scope.removed"));
    setDropping(false);
    onSaved();
  };
  return html`
    <form onSubmit=${save} novalidate>
      ${found === NO_RULES && html`<${Notice}><p>${t("sites.scope.none")}</p><//>`}
      <${JsonEditor} label=${t("sites.scope.rules")} value=${text} onInput=${type} check=${checkObject} fault=${fault} fewest=${LINES} locked=${busy} />
      ${problem && html`<${ProblemBox} problem=${problem} />`}
      <div class="form-actions">
        ${found !== NO_RULES && html`<${Button} icon="trash" onClick=${() => setDropping(true)}>${t("sites.scope.remove")}<//>`}
        <${Button} kind="main" type="submit" busy=${busy} disabled=${text === found}>${t("sites.scope.save")}<//>
      </div>
      ${dropping &&
      html`<${Confirm} title=${t("sites.scope.remove.title", { name: db })} text=${t("sites.scope.remove.text")} typed=${db}
        action=${t("sites.scope.remove")} onConfirm=${drop} onClose=${() => setDropping(false)} />`}
    </form>
  `;
}
