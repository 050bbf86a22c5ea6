// Servers with which this node exchanges records and which are no replicas: how it stands with each, in each direction, how far behind it is,
// and what was set aside. What was done, step by step, is the page of messages.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { useEvery } from "../../core/every.js";
import { msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Button, LinkButton } from "../../parts/button.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { Loaded } from "../../parts/waiting.js";
import { Partner } from "./partner.js";
import { PartnerForm } from "./partner-form.js";

const PAUSE_MS = 3000;
const HIDDEN = "whitelist";

/** Partners as they are described, each with its state when the node has begun with it. */
async function read(signal) {
  const names = await api.get(["_all_dbs"], { signal });
  const databases = names.filter((name) => !name.startsWith("_"));
  if (!names.includes("_exchange")) {
    return { partners: [], databases };
  }
  const [{ rows }, { partners }] = await Promise.all([
    api.get(["_exchange", "_all_docs"], { query: { include_docs: true }, signal }),
    api.get(["_exchange", "_status"], { signal }),
  ]);
  const described = rows.map((row) => row.doc).filter((doc) => doc && !doc._id.startsWith("_") && doc._id !== HIDDEN);
  return {
    partners: described.map((doc) => ({ doc, state: partners.find((one) => one.partner === doc._id) })),
    databases,
  };
}

function Exchange() {
  const found = useLoad(read, []);
  const [editing, setEditing] = useState(null);
  useEvery(PAUSE_MS, () => found.loading || editing || found.reload());
  const actions = html`
    <${LinkButton} icon="list" href="#/exchange/messages">${t("exchange.messages")}<//>
    <${Button} kind="main" icon="plus" onClick=${() => setEditing({})}>${t("exchange.create")}<//>
  `;
  return html`
    <${PageHead} title=${t("exchange.title")} actions=${actions} />
    <p class="soft">${t("exchange.what")}</p>
    <${Loaded} of=${found}>
      ${({ partners, databases }) => html`
        ${partners.length === 0
          ? html`<${Empty} icon="globe" title=${t("exchange.none")}><p>${t("exchange.none.todo")}</p><//>`
          : partners.map(({ doc, state }) => html`<${Partner} key=${doc._id} doc=${doc} state=${state} onEdit=${() => setEditing(doc)} onChanged=${found.reload} />`)}
        ${editing && html`<${PartnerForm} doc=${editing} databases=${databases} onClose=${() => setEditing(null)} onSaved=${found.reload} />`}
      `}
    <//>
  `;
}

export default forAdmins(msg("exchange.title"), Exchange);
