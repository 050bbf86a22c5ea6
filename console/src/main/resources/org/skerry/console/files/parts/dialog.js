// A window over the page: the browser's own <dialog>, which keeps the focus inside, closes with Escape, and gives the focus back. onClose
// is called for every way of closing but the actions, which do so themselves.

import { html, newId, useEffect, useRef, useState } from "../core/html.js";
import { t } from "../core/language.js";
import { Icon } from "./icon.js";

export function Dialog({ title, onClose, actions, wide = false, children }) {
  const dialog = useRef(null);
  const [id] = useState(() => newId("dialog"));
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown.showModal();
    return () => {
      shown.close();
      // What had the focus may be gone with what the dialog did.
      if (before?.isConnected) {
        before.focus();
      } else {
        document.getElementById("main")?.focus({ preventScroll: true });
      }
    };
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    onClose();
  };
  return html`
    <dialog class=${wide ? "dialog wide" : "dialog"} ref=${dialog} aria-labelledby=${id} onCancel=${cancel}>
      <div class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <button type="button" class="icon-button" onClick=${onClose}>
          <${Icon} name="close" /><span class="visually-hidden">${t("shell.close")}</span>
        </button>
      </div>
      <div class="dialog-body">${children}</div>
      ${actions && html`<div class="dialog-actions">${actions}</div>`}
    </dialog>
  `;
}
