// Applications on a PostgreSQL of their own that this node keeps in step: how it stands with each, what the application did on its way here and
// what others did on its way there. A satellite is described by a document, which the command line makes and checks.

import { html } from "../../core/html.js";
import { api } from "../../core/api.js";
import { useEvery } from "../../core/every.js";
import { msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { Loaded } from "../../parts/waiting.js";
import { Satellite } from "./satellite.js";

const PAUSE_MS = 3000;

async function read(signal) {
  const names = await api.get(["_all_dbs"], { signal });
  return names.includes("_postgres") ? (await api.get(["_postgres", "_status"], { signal })).satellites : [];
}

function Satellites() {
  const found = useLoad(read, []);
  useEvery(PAUSE_MS, () => found.loading || found.reload());
  return html`
    <${PageHead} title=${t("satellites.title")} />
    <p class="soft">${t("satellites.what")}</p>
    <${Loaded} of=${found}>
      ${(satellites) =>
        satellites.length === 0
          ? html`<${Empty} icon="database" title=${t("satellites.none")}><p>${t("satellites.none.todo")}</p><p class="code">./skerry postgres inspect postgresql://127.0.0.1/health --user tryton > satellite.json</p><//>`
          : satellites.map((one) => html`<${Satellite} key=${one.satellite} satellite=${one} onChanged=${found.reload} />`)}
    <//>
  `;
}

export default forAdmins(msg("satellites.title"), Satellites);
