// Settling many conflicts by one rule: those that the work-list showed (a kind, the same members, an age). First how many there are and some
// of them, then what decides, then the work, which shows its progress and can be cancelled; what cannot be settled so stays open and is named.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { checkObject } from "../../core/json/check.js";
import { formatNumber, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { link } from "../../core/routes.js";
import { complain, say } from "../../core/toasts.js";
import { Button, LinkButton } from "../../parts/button.js";
import { Empty } from "../../parts/empty.js";
import { Field } from "../../parts/field.js";
import { PageHead } from "../../parts/page-head.js";
import { Loaded } from "../../parts/waiting.js";
import { trail } from "../documents/document.js";
import { asked, patternLabel } from "./filters.js";
import { kindLabel } from "./labels.js";
import { LIST, ONE } from "./routes.js";
import { firstRule, RuleChoice, ruleText } from "./many/rule-choice.js";
import { Outcome } from "./many/outcome.js";
import { Plan } from "./many/plan.js";
import { settleMany } from "./many/settle-many.js";

const SAMPLE = 5;

export default function SettleMany({ params: { db }, query }) {
  const filter = asked(query);
  const found = useLoad(
    (signal) => api.get([db, "_conflicts"], { query: { ...filter, limit: SAMPLE }, signal }),
    [db, JSON.stringify(filter)],
  );
  const back = link(LIST, { db }, query);
  return html`
    <${PageHead} title=${t("conflicts.many.title")} trail=${[...trail(db), [back, t("conflicts.tab")]]}>
      <p class="soft">
        ${query.kind ? kindLabel(filter.kind) : t("conflicts.all_kinds")}
        ${query.pattern && html` · ${t("conflicts.differs_in", { members: patternLabel(query.pattern) })}`}
      </p>
    <//>
    <${Loaded} of=${found}>${(page) => html`<${Preview} db=${db} page=${page} filter=${filter} back=${back} onDone=${found.reload} />`}<//>
  `;
}

function Preview({ db, page, filter, back, onDone }) {
  const [rule, setRule] = useState(() => firstRule(page.rows[0]?.open ?? []));
  const [comment, setComment] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState(null);
  const [plan, setPlan] = useState(null);
  const text = ruleText(rule);
  const fault = checkObject(text);
  const missing = rule.method === "latest" && !rule.member.startsWith("/");
  const decide = (next) => {
    setRule(next);
    setPlan(null);
  };
  /** Whether all is there that the work needs. */
  const begins = () => {
    setTried(true);
    if (fault || missing || busy) {
      return false;
    }
    setBusy(true);
    setOutcome(null);
    setPlan(null);
    return true;
  };
  const show = async () => {
    if (!begins()) {
      return;
    }
    try {
      setPlan(await settleMany({ db, filter, rule: text, comment, total: page.matching, dry: true }));
    } catch (problem) {
      complain(problem);
    }
    setBusy(false);
  };
  const start = async (event) => {
    event.preventDefault();
    if (!begins()) {
      return;
    }
    try {
      const done = await settleMany({ db, filter, rule: text, comment, total: page.matching });
      setOutcome(done);
      // Somebody may be on another page by now.
      if (done.settled > 0) {
        say(tn("conflicts.many.settled", done.settled));
      }
    } catch (problem) {
      complain(problem);
    } finally {
      setBusy(false);
      onDone();
    }
  };
  return html`
    <div role="status">${outcome && html`<${Outcome} db=${db} outcome=${outcome} />`}</div>
    ${page.matching === 0
      ? html`<${Empty} icon="check" title=${t("conflicts.none_so")}><p><${LinkButton} icon="list" href=${back}>${t("conflicts.to_list")}<//></p><//>`
      : html`
          <section class="card" aria-labelledby="which">
            <h2 id="which">${tn("conflicts.waiting", page.matching)}</h2>
            <p>${t("conflicts.many.sample")}</p>
            <ul class="plain-list">
              ${page.rows.map((row) => html`<li><a href=${link(ONE, { db, id: row.id })}>${row.id}</a></li>`)}
              ${page.matching > page.rows.length && html`<li class="soft">${tn("conflicts.many.others", page.matching - page.rows.length)}</li>`}
            </ul>
          </section>
          <form class="card" onSubmit=${start} aria-labelledby="how">
            <h2 id="how">${t("conflicts.many.how")}</h2>
            <${RuleChoice} rule=${rule} onRule=${decide} fault=${rule.method === "json" && fault} missing=${tried && missing} />
            <${Field} label=${t("conflicts.comment")} value=${comment} onInput=${setComment} hint=${t("conflicts.comment.hint")} maxlength="2000" autocomplete="off" />
            <p class="soft">${t("conflicts.many.safe")}</p>
            <div class="form-actions">
              <${Button} icon="eye" busy=${busy} onClick=${show}>${t("conflicts.many.show")}<//>
              <${Button} kind="main" icon="check" type="submit" busy=${busy}>${t("conflicts.many.do", { count: formatNumber(page.matching) })}<//>
            </div>
          </form>
          ${plan && html`<${Plan} db=${db} outcome=${plan} />`}
        `}
  `;
}
