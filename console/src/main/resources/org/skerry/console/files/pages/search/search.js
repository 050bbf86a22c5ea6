// Finding documents by what is in them: a Mango selector, written as JSON, with examples to begin from. Beside the documents the page shows
// which index answered, what it cost, and how an index would make it cheaper.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { checkObject } from "../../core/json/check.js";
import { formatNumber, msg, t, tn } from "../../core/language.js";
import { goInstead } from "../../core/routes.js";
import { isCancelled } from "../../core/problem.js";
import { Button } from "../../parts/button.js";
import { Choice, Field } from "../../parts/field.js";
import { JsonEditor } from "../../parts/json-editor.js";
import { Notice, ProblemBox } from "../../parts/problem-box.js";
import { DatabaseHead } from "../databases/database-head.js";
import { Found } from "./found.js";
import { IndexHint } from "./index-hint.js";

const PAGE = 25;

const EXAMPLES = [
  [msg("search.example.kind"), { resourceType: "Patient" }],
  [msg("search.example.range"), { birthDate: { $gte: "1980-01-01", $lt: "1990-01-01" } }],
  [msg("search.example.list"), { name: { $elemMatch: { family: "Okafor" } } }],
  [msg("search.example.one_of"), { status: { $in: ["active", "on-hold"] } }],
  [msg("search.example.missing"), { telecom: { $exists: false } }],
  [msg("search.example.pattern"), { _id: { $regex: "^Patient/" } }],
];

const listOf = (text) => text.split(",").map((one) => one.trim()).filter(Boolean);

/** "name, -birthDate" as Mango sorts: all fields must go one way. */
const sortOf = (text) => listOf(text).map((field) => (field.startsWith("-") ? { [field.slice(1)]: "desc" } : { [field]: "asc" }));

export default function Search({ params: { db }, query }) {
  const [text, setText] = useState(query.selector ?? "{\n  \n}");
  const [fields, setFields] = useState(query.fields ?? "");
  const [sort, setSort] = useState(query.sort ?? "");
  const [fault, setFault] = useState(null);
  const [answer, setAnswer] = useState(null);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);

  const change = (next) => {
    setText(next);
    setFault(null);
  };
  // The selector is sent as it was written: parsing would change its numbers.
  const question = (more) => {
    const rest = { ...(fields && { fields: ["_id", ...listOf(fields)] }), ...(sort && { sort: sortOf(sort) }), limit: PAGE, ...more };
    return `{"selector": ${text}, ${JSON.stringify(rest).slice(1)}`;
  };
  const run = async (bookmarks) => {
    const found = checkObject(text);
    setFault(found);
    setProblem(null);
    if (found || busy) {
      return;
    }
    setBusy(true);
    goInstead("/databases/:db/search", { db }, { selector: text, fields, sort });
    try {
      const bookmark = bookmarks.at(-1);
      const [page, plan] = await Promise.all([
        api.post([db, "_find"], { text: question({ execution_stats: true, ...(bookmark && { bookmark }) }) }),
        api.post([db, "_explain"], { text: question({}) }),
      ]);
      setAnswer({ page, plan, bookmarks, selector: text, fields: listOf(fields) });
    } catch (failure) {
      if (!isCancelled(failure)) {
        setProblem(failure);
        setAnswer(null);
      }
    }
    setBusy(false);
  };
  const submit = (event) => {
    event.preventDefault();
    run([]);
  };
  const example = (number) => number !== "" && change(JSON.stringify(EXAMPLES[number][1], null, 2));
  return html`
    <${DatabaseHead} db=${db} here="/databases/:db/search" />
    <form class="card" onSubmit=${submit}>
      <${Choice} label=${t("search.examples")} value="" onInput=${example}
        options=${[["", t("search.examples.choose")], ...EXAMPLES.map(([label], i) => [String(i), t(label)])]} />
      <${JsonEditor} label=${t("search.selector")} value=${text} onInput=${change} check=${checkObject} fault=${fault} fewest=${6} />
      <div class="pairs">
        <${Field} label=${t("search.fields")} value=${fields} onInput=${setFields} hint=${t("search.fields.hint")} autocapitalize="none" spellcheck=${false} />
        <${Field} label=${t("search.sort")} value=${sort} onInput=${setSort} hint=${t("search.sort.hint")} autocapitalize="none" spellcheck=${false} />
      </div>
      <div class="form-actions"><${Button} kind="main" icon="search" type="submit" busy=${busy}>${t("search.do")}<//></div>
    </form>
    ${problem && html`<${ProblemBox} problem=${problem} />`}
    ${answer && html`<${Answer} db=${db} answer=${answer} onPage=${run} />`}
  `;
}

function Answer({ db, answer, onPage }) {
  const { page, plan, bookmarks, selector, fields } = answer;
  const stats = page.execution_stats ?? {};
  const more = page.docs.length === PAGE && page.bookmark && page.bookmark !== "nil";
  return html`
    <section aria-labelledby="found">
      <div role="status"><h2 id="found">${tn("search.found", page.docs.length)}</h2></div>
      <p class="soft">
        ${t("search.cost", {
          examined: formatNumber(stats.total_docs_examined ?? 0),
          keys: formatNumber(stats.total_keys_examined ?? 0),
          time: formatNumber(stats.execution_time_ms ?? 0, { maximumFractionDigits: 1 }),
        })}
      </p>
      <${IndexHint} db=${db} plan=${plan} selector=${selector} examined=${stats.total_docs_examined ?? 0} />
      ${page.warning && plan.index?.name !== "_all_docs" && html`<${Notice} kind="warn"><p>${page.warning}</p><//>`}
      <${Found}
        db=${db}
        docs=${page.docs}
        fields=${fields}
        onBack=${bookmarks.length > 0 && (() => onPage(bookmarks.slice(0, -1)))}
        onForward=${more && (() => onPage([...bookmarks, page.bookmark]))}
      />
    </section>
  `;
}
