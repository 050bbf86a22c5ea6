// A text area for JSON, with the numbers of its lines and, a moment after one stops typing, what is wrong with it. It stays a plain text area
// for screen readers and for the keyboard: Tab leaves it.

import { html, newId, useEffect, useMemo, useRef, useState } from "../core/html.js";
import { t } from "../core/language.js";
import { readJson } from "../core/json/read.js";
import { indented } from "../core/json/write.js";
import { Button } from "./button.js";

const PAUSE_MS = 400;
const FEWEST = 10;
const MOST = 30;

/**
 * fault: what checkObject or checkBody found, when the page looked (on saving); check is the same function, for while one types.
 * locked: while the text is being saved and read again, when what one typed would be lost.
 */
export function JsonEditor({ label, value, onInput, check, fault, fewest = FEWEST, locked = false }) {
  const [id] = useState(() => newId("json"));
  const [seen, setSeen] = useState(null);
  const area = useRef(null);
  const gutter = useRef(null);
  useEffect(() => {
    const timer = setTimeout(() => setSeen(check(value)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  const shown = fault ?? seen;
  const lines = value.split("\n").length;
  const tidy = () => onInput(indented(readJson(value)));
  return html`
    <div class="json-editor">
      <div class="json-head">
        <label class="label" for=${id}>${label}</label>
        <${Button} kind="quiet" disabled=${Boolean(shown) || locked} onClick=${tidy}>${t("json.tidy")}<//>
      </div>
      <div class=${shown ? "json-field wrong" : "json-field"}>
        <pre class="gutter" aria-hidden="true" ref=${gutter}><${Numbers} lines=${lines} wrong=${shown?.line} /></pre>
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
          onScroll=${() => (gutter.current.scrollTop = area.current.scrollTop)}
        />
      </div>
      <div id=${`${id}-fault`} role="status" class="json-fault">
        ${shown && html`<${Fault} fault=${shown} onShow=${() => select(area.current, shown)} />`}
      </div>
    </div>
  `;
}

function Fault({ fault, onShow }) {
  return html`
    <p class="error">
      ${t("json.at", { line: fault.line, column: fault.column })} ${fault.text}
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
