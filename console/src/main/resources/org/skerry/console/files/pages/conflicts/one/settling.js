// What a person does about one conflict: looks, chooses, perhaps edits, settles.

import { html, useEffect, useMemo, useRef, useState } from "../../../core/html.js";
import { api } from "../../../core/api.js";
import { presets, requestOfBody, requestOfChoices, requestOfLeaf, resultOf, undecided } from "../../../core/conflict/settle.js";
import { checkBody } from "../../../core/json/check.js";
import { readJson } from "../../../core/json/read.js";
import { t, tn } from "../../../core/language.js";
import { guardLeaving } from "../../../core/routes.js";
import { Button } from "../../../parts/button.js";
import { Field } from "../../../parts/field.js";
import { ProblemBox } from "../../../parts/problem-box.js";
import { freshen } from "../waiting.js";
import { Members } from "./members.js";
import { Confirming, Missing, unchanged } from "./missing.js";
import { Proposal } from "./proposal.js";
import { Result } from "./result.js";
import { Versions } from "./versions.js";

/** The proposal's choices, and over them what was chosen before another version arrived, where that is still there. */
function firstChoices(conflict, kept) {
  const first = presets(conflict);
  for (const one of conflict.members) {
    if (kept && one.options.some((option) => option.key === kept[one.path])) {
      first[one.path] = kept[one.path];
    }
  }
  return first;
}

/** The leaf whose every member was taken; null when there is none. */
function wholeLeaf(conflict, choices) {
  const holds = (leaf) =>
    conflict.members.every((one) => one.options.some((option) => option.key === choices[one.path] && option.revs.includes(leaf.rev)));
  return conflict.members.length > 0 ? (conflict.leaves.find(holds) ?? null) : null;
}

export function Settling({ db, conflict, kept, onSettled, onOvertaken }) {
  const [choices, setChoices] = useState(() => firstChoices(conflict, kept));
  const [text, setText] = useState(null);
  const [fault, setFault] = useState(null);
  const [comment, setComment] = useState("");
  const [problem, setProblem] = useState(null);
  const [asksFor, setAsksFor] = useState(0);
  const [confirmed, setConfirmed] = useState([]);
  const [busy, setBusy] = useState(false);
  const form = useRef(null);
  const touched = text !== null || comment !== "" || JSON.stringify(choices) !== JSON.stringify(presets(conflict));
  useEffect(() => {
    guardLeaving(touched);
    return () => guardLeaving(false);
  }, [touched]);

  const { doc, hidden } = resultOf(conflict, choices);
  const open = undecided(conflict, choices);
  const asTyped = useMemo(() => (text === null ? [] : unchanged(open, text, doc)), [text, choices]);
  const missing = text === null ? open : asTyped.filter((one) => !confirmed.includes(one.path));
  const choose = (change) => {
    setChoices((before) => ({ ...before, ...change }));
    setAsksFor(0);
  };
  const request = () => {
    if (text !== null) {
      return requestOfBody(conflict, readJson(text), doc, comment);
    }
    const leaf = wholeLeaf(conflict, choices);
    return leaf ? requestOfLeaf(conflict, leaf.rev, comment) : requestOfChoices(conflict, choices, comment);
  };
  const submit = async (event) => {
    event.preventDefault();
    setProblem(null);
    const wrong = text === null ? null : checkBody(text);
    setFault(wrong);
    if (wrong || busy) {
      return;
    }
    if (missing.length > 0) {
      setAsksFor(missing.length);
      form.current.querySelector(".member.undecided input, .confirming input:not(:checked)")?.focus();
      return;
    }
    setBusy(true);
    try {
      const { settlement } = await api.post([db, "_conflicts", conflict.id], { text: request() });
      guardLeaving(false);
      onSettled(settlement);
      freshen({ now: true });
    } catch (failure) {
      setBusy(false);
      if (failure.status === 409) {
        onOvertaken(choices);
      } else {
        setProblem(failure);
      }
    }
  };
  const edit = (next) => {
    setText(next);
    setConfirmed(next === null ? [] : confirmed);
    setFault(null);
    setAsksFor(0);
  };
  const confirm = (path, sure) => {
    setConfirmed((before) => (sure ? [...before, path] : before.filter((other) => other !== path)));
    setAsksFor(0);
  };
  const goTo = (path) => [...form.current.querySelectorAll(".member")].find((one) => one.dataset.path === path)?.querySelector("input").focus();
  return html`
    <${Versions} conflict=${conflict} />
    <form ref=${form} onSubmit=${submit}>
      <section class="card" aria-labelledby="members">
        <h2 id="members">${t("conflicts.choose")}</h2>
        <${Proposal} conflict=${conflict} />
        ${text === null
          ? html`<${Members} db=${db} conflict=${conflict} choices=${choices} onChoose=${choose} />`
          : html`<p>${t("conflicts.editing")}</p>`}
      </section>
      <section class="card" aria-labelledby="result">
        <${Result} conflict=${conflict} doc=${doc} hidden=${hidden} open=${open} text=${text} fault=${fault} onEdit=${edit} />
        <${Field} label=${t("conflicts.comment")} value=${comment} onInput=${setComment} hint=${t("conflicts.comment.hint")} maxlength="2000" autocomplete="off" />
        ${text !== null && open.length > 0 && html`<${Confirming} id="missing" open=${asTyped} confirmed=${confirmed} onConfirm=${confirm} />`}
        ${text === null && open.length > 0 && html`<${Missing} id="missing" open=${open} onGo=${goTo} />`}
        <div role="alert">${asksFor > 0 && html`<p class="error">${tn("conflicts.asks", asksFor)}</p>`}</div>
        ${problem && html`<${ProblemBox} problem=${problem} />`}
        <div class="form-actions">
          <${Button} kind="main" type="submit" icon="check" busy=${busy} aria-disabled=${missing.length > 0 ? "true" : undefined}
            aria-describedby=${missing.length > 0 ? "missing" : undefined}>
            ${missing.length > 0 ? tn("conflicts.settle.missing", missing.length) : t("conflicts.settle")}
          <//>
        </div>
      </section>
    </form>
  `;
}
