// An attachment among the choices, or data that are kept in one: what it is, and a way to see it and to get it, each version its own.

import { html, useState } from "../../../core/html.js";
import { url } from "../../../core/api.js";
import { find, steps } from "../../../core/json/pointer.js";
import { plain } from "../../../core/json/plain.js";
import { formatBytes, t } from "../../../core/language.js";
import { Button, LinkButton } from "../../../parts/button.js";
import { Preview } from "../../documents/preview.js";

/** The name of the attachment that a member is; null for every other. */
export function attachmentOf(path) {
  const [first, name, ...rest] = steps(path);
  return first === "_attachments" && name !== undefined && rest.length === 0 ? name : null;
}

export function about(name, value) {
  const plainly = (member) => plain(find(value, [member]));
  return { name, type: String(plainly("content_type") ?? ""), length: Number(plainly("length") ?? 0) };
}

/** What it is, for the choice itself. */
export function AttachmentWords({ attachment: { type, length } }) {
  return html`<span>${type && `${type} · `}${formatBytes(length)}</span>`;
}

/** source: how the version is called, so that two buttons for one name can be told apart; words: what it is, where that is not said already. */
export function AttachmentActions({ db, id, rev, attachment, source, words = false }) {
  const [shown, setShown] = useState(false);
  const { name } = attachment;
  return html`
    <p class="option-actions">
      ${words && html`<${AttachmentWords} attachment=${attachment} />`}
      <${Button} kind="quiet" icon="eye" aria-label=${t("conflicts.attachment.show", { name, version: source })} onClick=${() => setShown(true)}>
        ${t("attachments.show")}
      <//>
      <${LinkButton} kind="quiet" icon="download" href=${url([db, id, name], { rev })} download=${name}
        aria-label=${t("conflicts.attachment.download", { name, version: source })}>
        ${t("attachments.get")}
      <//>
    </p>
    ${shown && html`<${Preview} db=${db} id=${id} rev=${rev} attachment=${attachment} onClose=${() => setShown(false)} />`}
  `;
}
