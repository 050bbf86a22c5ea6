// An input with its label, a hint and an error, joined so that a screen reader says all three. onInput is given the text.

import { html, newId, useState } from "../core/html.js";

export function Field({ label, value, onInput, hint, error, type = "text", area = false, ...more }) {
  const [id] = useState(() => newId("field"));
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const input = {
    ...more,
    id,
    value,
    onInput: (event) => onInput(event.target.value),
    "aria-describedby": described || undefined,
    "aria-invalid": error ? "true" : undefined,
  };
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${area ? html`<textarea ...${input} />` : html`<input type=${type} ...${input} />`}
      ${hint && html`<p id=${`${id}-hint`} class="hint">${hint}</p>`}
      ${error && html`<p id=${`${id}-error`} class="error" role="alert">${error}</p>`}
    </div>
  `;
}

/** The same for a choice; options are pairs of value and text. */
export function Choice({ label, value, onInput, options, hint, ...more }) {
  const [id] = useState(() => newId("choice"));
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <select ...${more} id=${id} aria-describedby=${hint ? `${id}-hint` : undefined} onChange=${(event) => onInput(event.target.value)}>
        ${options.map(([key, text]) => html`<option value=${key} selected=${key === value}>${text}</option>`)}
      </select>
      ${hint && html`<p id=${`${id}-hint`} class="hint">${hint}</p>`}
    </div>
  `;
}
