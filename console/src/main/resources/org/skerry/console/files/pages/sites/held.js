// What a site brought before that to which it refers: it is held at the centre, and enters by itself. What never will, people who run the centre
// may discard; a device that has it does not bring it again, so they are asked once more.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatNumber, formatTime, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Confirm } from "../../parts/confirm.js";
import { Dialog } from "../../parts/dialog.js";
import { Loaded } from "../../parts/waiting.js";

export function Held({ db, site, count, onChanged }) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    onChanged();
  };
  return html`
    <${Button} kind="quiet" icon="list" aria-label=${t("sites.held.of", { name: site })} onClick=${() => setOpen(true)}>${tn("sites.held", count, { count: formatNumber(count) })}<//>
    ${open && html`<${List} db=${db} site=${site} onClose=${close} />`}
  `;
}

function List({ db, site, onClose }) {
  const found = useLoad((signal) => api.get([db, "_subset", "held"], { query: { site }, signal }), [db, site]);
  const [asked, setAsked] = useState(null);
  const discard = async () => {
    await api.delete([db, "_subset", "held", asked], { query: { site } });
    say(t("sites.held.discarded", { id: asked }));
    setAsked(null);
    found.reload();
  };
  if (asked) {
    return html`
      <${Confirm} title=${t("sites.held.discard.title", { id: asked })} text=${t("sites.held.discard.text")}
        action=${t("sites.held.discard")} onConfirm=${discard} onClose=${() => setAsked(null)} />
    `;
  }
  return html`
    <${Dialog} title=${t("sites.held.of", { name: site })} onClose=${onClose}>
      <p class="soft">${t("sites.held.what")}</p>
      <${Loaded} of=${found}>
        ${({ documents }) =>
          documents.length === 0
            ? html`<p role="status">${t("sites.held.none")}</p>`
            : html`
                <ul class="plain-list acting">
                  ${documents.map((one) => html`
                    <li key=${`${one.id} ${one.rev}`}>
                      <span>
                        <span class="code">${one.id}</span>
                        <span class="soft">${t("sites.held.waits", { names: one.names.join(", ") })}</span>
                        <span class="soft">${[formatTime(one.since), one.by].filter(Boolean).join(" · ")}</span>
                      </span>
                      <${Button} kind="quiet" icon="trash" aria-label=${t("sites.held.discard.one", { id: one.id })} onClick=${() => setAsked(one.id)}>${t("sites.held.discard")}<//>
                    </li>
                  `)}
                </ul>
              `}
      <//>
    <//>
  `;
}
