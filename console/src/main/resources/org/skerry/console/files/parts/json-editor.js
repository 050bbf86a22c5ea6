// A text area for JSON, with the numbers of its lines and, a moment after one stops typing, what is wrong with it. It stays a plain text area
// for screen readers and for the keyboard: Tab leaves it. Of a text that is very long only the beginning is shown until somebody wants to edit
// it, and then without numbers and checks: browsers take seconds to lay it out.

import { html, newId, useEffect, useMemo, useRef, useState } from "../core/html.js";
import { formatNumber, t } from "../core/language.js";
import { readJson } from "../core/json/read.js";
import { indented } from "../core/json/write.js";
import { Button } from "./button.js";

const PAUSE_MS = 400;
const FEWEST = 10;
const MOST = 30;

/** A text with more characters or lines is long. */
const LONG = 1_000_000;
const MANY_LINES = 20_000;

/** Lines of a long text that are shown at first. */
const BEGINNING = 500;

function isLong(text) {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0 && lines <= MANY_LINES; at = text.indexOf("\n", at + 1)) {
    lines += 1;
  }
  return text.length > LONG || lines > MANY_LINES;
}

/**
 * fault: what checkObject or checkBody found, when the page looked (on saving); check is the same function, for while one types.
 * locked: while the text is being saved and read again, when what one typed would be lost.
 */
export function JsonEditor({ value, ...more }) {
  const [whole, setWhole] = useState(false);
  const long = useMemo(() => isLong(value), [value]);
  return long && !whole
    ? html`<${Beginning} label=${more.label} value=${value} onWhole=${() => setWhole(true)} />`
    : html`<${Editor} ...${more} value=${value} long=${long} focused=${whole} />`;
}

/** What is shown of a long text before it is edited. */
function Beginning({ label, value, onWhole }) {
  const [id] = useState(() => newId("beginning"));
  const lines = useMemo(() => value.split("\n"), [value]);
  return html`
    <div class="json-head">
      <span class="label" id=${id}>${label}</span>
      <${Button} icon="pencil" onClick=${onWhole}>${t("json.whole")}<//>
    </div>
    <p class="soft">${t("json.beginning", { lines: formatNumber(lines.length) })}</p>
    <pre class="json" tabindex="0" role="group" aria-labelledby=${id}>${lines.slice(0, BEGINNING).join("\n").slice(0, LONG / 10)}${"\n…"}</pre>
  `;
}

function Editor({ label, value, onInput, check, fault, fewest = FEWEST, locked = false, long, focused }) {
  const [id] = useState(() => newId("json"));
  const [seen, setSeen] = useState(null);
  const area = useRef(null);
  const gutter = useRef(null);
  useEffect(() => focused && area.current.focus(), []);
  useEffect(() => {
    if (long) {
      setSeen(null);
      return undefined;
    }
    const timer = setTimeout(() => setSeen(check(value)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  const shown = fault ?? seen;
  const lines = long ? MOST : value.split("\n").length;
  const tidy = () => onInput(indented(readJson(value)));
  return html`
    <div class="json-editor">
      <div class="json-head">
        <label class="label" for=${id}>${label}</label>
        <${Button} kind="quiet" disabled=${Boolean(shown) || locked} onClick=${tidy}>${t("json.tidy")}<//>
      </div>
      <div class=${`json-field ${shown ? "wrong" : ""} ${long ? "long" : ""}`}>
        ${!long && html`<pre class="gutter" aria-hidden="true" ref=${gutter}><${Numbers} lines=${lines} wrong=${shown?.line} /></pre>`}
        <textarea
          id=${id}
          ref=${area}
          value=${value}
          readonly=${locked}
          rows=${Math.min(MOST, Math.max(fewest, lines + 1))}
          wrap="off"
          spellcheck=${false}
          autocapitalize="none"
          autocomplete="off"
          aria-invalid=${shown ? "true" : undefined}
          aria-describedby=${shown ? `${id}-fault` : undefined}
          onInput=${(event) => onInput(event.target.value)}
          onScroll=${() => gutter.current && (gutter.current.scrollTop = area.current.scrollTop)}
        />
      </div>
      <div id=${`${id}-fault`} role="status" class="json-fault">
        ${long && html`<p class="soft">${t("json.large")}</p>`}
        ${shown && html`<${Fault} fault=${shown} onShow=${() => select(area.current, shown)} />`}
      </div>
    </div>
  `;
}

function Fault({ fault, onShow }) {
  return html`
    <p class="error">
      ${t("json.at", { line: fault.line, column: fault.column })} ${fault.text}${" "}
      <button type="button" class="text-button" onClick=${onShow}>${t("json.show")}</button>
    </p>
  `;
}

/** As few pieces as can be: a document may have very many lines. */
function Numbers({ lines, wrong }) {
  const text = (from, to) => Array.from({ length: Math.max(0, to - from + 1) }, (none, i) => `${from + i}\n`).join("");
  return useMemo(
    () => (wrong ? html`${text(1, wrong - 1)}<b>${wrong}</b>${`\n${text(wrong + 1, lines)}`}` : text(1, lines)),
    [lines, wrong],
  );
}

/** Puts the cursor where something is wrong, and scrolls there. */
function select(area, fault) {
  area.focus();
  area.setSelectionRange(fault.at, Math.min(fault.at + 1, area.value.length));
  const height = area.scrollHeight / Math.max(1, area.value.split("\n").length);
  area.scrollTop = Math.max(0, (fault.line - 4) * height);
}
