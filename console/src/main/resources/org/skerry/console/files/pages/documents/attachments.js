// A document's attachments: sending files (several, one after the other, each with its progress), seeing, getting and deleting them. Each of
// these makes a new revision; so nothing is sent while the text above holds changes that are not saved.

import { html, useRef, useState } from "../../core/html.js";
import { api, url } from "../../core/api.js";
import { formatBytes, t } from "../../core/language.js";
import { complain, say } from "../../core/toasts.js";
import { upload } from "../../core/upload.js";
import { work } from "../../core/work.js";
import { Button } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";
import { DataTable } from "../../parts/data-table.js";
import { Notice } from "../../parts/problem-box.js";
import { Preview } from "./preview.js";

/** Sends files; each follows the revision that the one before made. */
async function sendAll(db, id, rev, files) {
  let last = rev;
  for (const file of files) {
    const sent = await work(t("attachments.sending", { name: file.name }), ({ signal, report }) =>
      upload([db, id, file.name], file, { query: { rev: last }, type: file.type, signal, report }),
    );
    last = sent.rev;
    say(t("attachments.sent", { name: file.name }));
  }
}

export function Attachments({ db, id, doc, locked, onChanged }) {
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [shown, setShown] = useState(null);
  const [removing, setRemoving] = useState(null);
  const picker = useRef(null);
  const send = async (files) => {
    setBusy(true);
    await sendAll(db, id, doc.rev, files).catch(complain);
    setBusy(false);
    picker.current.value = "";
    onChanged();
  };
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    if (!locked && !busy) {
      send([...event.dataTransfer.files]);
    }
  };
  return html`
    <section
      class=${over ? "card drop-over" : "card"}
      aria-labelledby="attachments"
      onDragOver=${(event) => (event.preventDefault(), setOver(true))}
      onDragLeave=${() => setOver(false)}
      onDrop=${drop}
    >
      <div class="section-head">
        <h2 id="attachments">${t("attachments.title")}</h2>
        <input ref=${picker} id="attachment-files" class="visually-hidden" type="file" multiple tabindex="-1" aria-label=${t("attachments.files")} onChange=${(event) => send([...event.target.files])} />
        <${Button} icon="upload" busy=${busy} disabled=${locked} onClick=${() => picker.current.click()}>${t("attachments.send")}<//>
      </div>
      ${locked && html`<${Notice}><p>${t("attachments.locked")}</p><//>`}
      ${doc.attachments.length === 0
        ? html`<p class="soft">${t("attachments.none")}</p>`
        : html`<${DataTable} label=${t("attachments.title")} columns=${columns(db, id, doc, locked, setShown, setRemoving)} rows=${doc.attachments} rowKey=${(one) => one.name} />`}
    </section>
    ${shown && html`<${Preview} db=${db} id=${id} rev=${doc.rev} attachment=${shown} onClose=${() => setShown(null)} />`}
    ${removing && html`<${Removing} db=${db} id=${id} rev=${doc.rev} name=${removing.name} onDone=${onChanged} onClose=${() => setRemoving(null)} />`}
  `;
}

function columns(db, id, doc, locked, onShow, onRemove) {
  const named = (text, name) => html`${text}<span class="visually-hidden"> ${name}</span>`;
  return [
    { label: t("attachments.name"), head: true, cell: (one) => one.name },
    { label: t("attachments.type"), cell: (one) => html`<span class="code">${one.type}</span>` },
    { label: t("databases.size"), number: true, cell: (one) => formatBytes(one.length) },
    {
      label: t("attachments.actions"),
      hidden: true,
      cell: (one) => html`
        <div class="row-actions">
          <${Button} kind="quiet" icon="eye" onClick=${() => onShow(one)}>${named(t("attachments.show"), one.name)}<//>
          <a class="button quiet" href=${url([db, id, one.name], { rev: doc.rev })} download=${one.name}>${named(t("attachments.get"), one.name)}</a>
          <${Button} kind="quiet" icon="trash" disabled=${locked} onClick=${() => onRemove(one)}>${named(t("attachments.remove"), one.name)}<//>
        </div>
      `,
    },
  ];
}

function Removing({ db, id, rev, name, onDone, onClose }) {
  const remove = async () => {
    await api.delete([db, id, name], { query: { rev } });
    say(t("attachments.removed", { name }));
    onClose();
    onDone();
  };
  return html`
    <${Confirm} title=${t("attachments.remove.title")} text=${t("attachments.remove.text", { name })} action=${t("attachments.remove")} onConfirm=${remove} onClose=${onClose} />
  `;
}
