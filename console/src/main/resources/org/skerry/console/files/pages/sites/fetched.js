// What a site fetched from the centre beyond its part, and has not released: people who run the centre may release it, too.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { complain, say } from "../../core/toasts.js";
import { Button } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { Loaded } from "../../parts/waiting.js";

export function Fetched({ db, site }) {
  const [open, setOpen] = useState(false);
  return html`
    <${Button} kind="quiet" icon="list" aria-label=${t("sites.fetched.of", { name: site })} onClick=${() => setOpen(true)}>${t("sites.fetched")}<//>
    ${open && html`<${List} db=${db} site=${site} onClose=${() => setOpen(false)} />`}
  `;
}

function List({ db, site, onClose }) {
  const [after, setAfter] = useState(undefined);
  const found = useLoad((signal) => api.get([db, "_centre"], { query: { site, after }, signal }), [db, site, after]);
  const release = async (id) => {
    try {
      await api.delete([db, "_centre", id], { query: { site } });
      say(t("sites.fetched.released", { id }));
    } catch (problem) {
      complain(problem);
    }
    found.reload();
  };
  return html`
    <${Dialog} title=${t("sites.fetched.of", { name: site })} onClose=${onClose}>
      <p class="soft">${t("sites.fetched.what")}</p>
      <${Loaded} of=${found}>
        ${({ documents, more }) =>
          documents.length === 0
            ? html`<p role="status">${t("sites.fetched.none")}</p>`
            : html`
                <ul class="plain-list acting">
                  ${documents.map((id) => html`
                    <li key=${id}>
                      <span class="code">${id}</span>
                      <${Button} kind="quiet" icon="close" aria-label=${t("sites.fetched.release.one", { id })} onClick=${() => release(id)}>${t("sites.fetched.release")}<//>
                    </li>
                  `)}
                </ul>
                ${more && html`<${Button} onClick=${() => setAfter(documents.at(-1))}>${t("sites.fetched.more")}<//>`}
              `}
      <//>
    <//>
  `;
}
