// Looking at an attachment without running it. Whoever uploaded it chose its name, type and bytes, so it is never opened as a page: images are
// shown as images (an SVG image runs no script there), everything textual as its text, PDF by the browser's own viewer, and whatever else may
// be downloaded.

import { html, useEffect, useState } from "../../core/html.js";
import { ask } from "../../core/api.js";
import { formatBytes, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { Dialog } from "../../parts/dialog.js";
import { Loaded } from "../../parts/waiting.js";

const LARGEST = 30_000_000;
const LONGEST_TEXT = 200_000;

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/svg+xml"];
const TEXTUAL = /^(text\/.*|application\/(.*\+)?(json|xml|javascript|x-ndjson|yaml|sql|toml))$/;

/** How it is shown, by its type without parameters. */
function kindOf({ type, length }) {
  const bare = String(type).split(";")[0].trim().toLowerCase();
  const fitting = {
    picture: PICTURES.includes(bare),
    text: TEXTUAL.test(bare),
    pdf: bare === "application/pdf",
    sound: /^audio\/[\w.+-]+$/.test(bare),
    film: /^video\/[\w.+-]+$/.test(bare),
  };
  const kind = Object.keys(fitting).find((one) => fitting[one]);
  return { kind: length > LARGEST ? undefined : kind, bare };
}

async function read(db, id, rev, attachment, signal) {
  const { kind, bare } = kindOf(attachment);
  if (!kind) {
    return { kind: attachment.length > LARGEST ? "large" : "unknown" };
  }
  const answer = await ask("GET", [db, id, attachment.name], { query: { rev }, signal, headers: { Accept: "*/*" } });
  const bytes = await answer.arrayBuffer();
  if (kind === "text") {
    const text = new TextDecoder().decode(bytes);
    return { kind, text: text.slice(0, LONGEST_TEXT), cut: text.length > LONGEST_TEXT };
  }
  // The type is the one decided here, not whatever the answer says.
  return { kind, blob: new Blob([bytes], { type: bare }) };
}

export function Preview({ db, id, rev, attachment, onClose }) {
  const found = useLoad((signal) => read(db, id, rev, attachment, signal), [attachment.name]);
  return html`
    <${Dialog} title=${attachment.name} wide=${true} onClose=${onClose}>
      <p class="soft">${attachment.type} · ${formatBytes(attachment.length)}</p>
      <${Loaded} of=${found}>${(what) => html`<${Shown} what=${what} name=${attachment.name} />`}<//>
    <//>
  `;
}

function Shown({ what, name }) {
  switch (what.kind) {
    case "text":
      return html`
        <pre class="preview-text" tabindex="0">${what.text}</pre>
        ${what.cut && html`<p class="soft">${t("attachments.cut")}</p>`}
      `;
    case "unknown":
      return html`<p>${t("attachments.unknown")}</p>`;
    case "large":
      return html`<p>${t("attachments.large")}</p>`;
    default:
      return html`<${ByAddress} what=${what} name=${name} />`;
  }
}

/** Bytes under an address that only this page knows, as long as they are shown. */
function ByAddress({ what, name }) {
  const [address, setAddress] = useState(null);
  useEffect(() => {
    const made = URL.createObjectURL(what.blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [what.blob]);
  if (!address) {
    return null;
  }
  switch (what.kind) {
    case "picture":
      return html`<img class="preview-picture" src=${address} alt=${name} />`;
    case "pdf":
      return html`<iframe class="preview-pdf" src=${address} title=${name}></iframe>`;
    case "sound":
      return html`<audio controls src=${address} aria-label=${name}></audio>`;
    default:
      return html`<video class="preview-picture" controls src=${address} aria-label=${name}></video>`;
  }
}
