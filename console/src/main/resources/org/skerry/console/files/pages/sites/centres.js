// The centres from which this node gets its databases, each as one of their sites, and whether both hold the same. Comparing asks for fingerprints
// of ranges, so it costs little whatever the databases hold; what differs is named, and can be pulled and pushed here.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatNumber, msg, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { link } from "../../core/routes.js";
import { work } from "../../core/work.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { Notice, ProblemBox } from "../../parts/problem-box.js";
import { Loaded } from "../../parts/waiting.js";

/** So many documents are mended together: the answer to each part comes within seconds. */
const TOGETHER = 100;
const SHOWN = 50;

const read = async (signal) => (await api.get(["_centres"], { signal })).centres;

function Centres() {
  const found = useLoad(read, []);
  return html`
    <${PageHead} title=${t("sites.centres.title")} trail=${[[link("/sites"), t("sites.title")]]}>
      <p class="soft">${t("sites.centres.what")}</p>
    <//>
    <${Loaded} of=${found}>
      ${(centres) =>
        centres.length === 0
          ? html`<${Empty} icon="globe" title=${t("sites.centres.none")}><p>${t("sites.centres.none.todo")}</p><//>`
          : centres.map((centre, index) => html`<${Centre} key=${centre.db + centre.centre} id=${`centre-${index}`} centre=${centre} />`)}
    <//>
  `;
}

function Centre({ id, centre }) {
  const [answer, setAnswer] = useState(null);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const verify = (value, signal) => api.post([centre.db, "_verify"], { value: { centre: centre.centre, ...value }, signal });
  const run = (action) => async () => {
    setBusy(true);
    setProblem(null);
    try {
      await action();
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  const compare = run(async () => setAnswer(await verify({})));
  const repair = run(async () => {
    const ids = answer.documents.map((one) => one.id);
    let refused = 0;
    await work(t("sites.centres.repairing", { db: centre.db }), async ({ signal, report }) => {
      for (let from = 0; from < ids.length; from += TOGETHER) {
        report(from, ids.length);
        const part = await verify({ repair: ids.slice(from, from + TOGETHER) }, signal);
        refused += part.refused;
        setAnswer({ ...part, refused });
      }
    });
  });
  return html`
    <section class="card" aria-labelledby=${id}>
      <div class="section-head">
        <h2 id=${id}>${centre.db}</h2>
        <div class="actions"><${Button} icon="refresh" busy=${busy} aria-label=${t("sites.centres.compare.one", { db: centre.db })} onClick=${compare}>${t("sites.centres.compare")}<//></div>
      </div>
      <p class="soft">
        ${centre.site ? t("sites.centres.as", { site: centre.site, centre: centre.centre }) : t("sites.centres.from", { centre: centre.centre })}
      </p>
      ${centre.problem && html`<${Notice} kind="warn"><p>${t("sites.centres.unreached", { problem: centre.problem })}</p><//>`}
      ${problem && html`<${ProblemBox} problem=${problem} />`}
      <div role="status">${answer && html`<${Outcome} answer=${answer} />`}</div>
      ${answer && !answer.equal && html`<${Differences} answer=${answer} busy=${busy} onRepair=${repair} />`}
    </section>
  `;
}

function Outcome({ answer }) {
  if (answer.equal) {
    return html`<${Notice} kind="good"><p>${t("sites.centres.equal")}</p><//>`;
  }
  const count = formatNumber(answer.documents.length);
  return html`
    <${Notice} kind="warn">
      <p>${answer.complete ? tn("sites.centres.differ", answer.documents.length, { count }) : t("sites.centres.differ.more", { count })}</p>
      ${answer.refused > 0 && html`<p>${tn("sites.centres.refused", answer.refused, { count: formatNumber(answer.refused) })}</p>`}
    <//>
  `;
}

const leaves = (revs) => (revs.length === 0 ? html`<span class="soft">${t("sites.centres.absent")}</span>` : html`<span class="code">${revs.join(", ")}</span>`);

function todo({ here, there }) {
  return here.length === 0 ? t("sites.centres.pull") : there.length === 0 ? t("sites.centres.push") : t("sites.centres.both");
}

function Differences({ answer, busy, onRepair }) {
  const columns = [
    { label: t("sites.centres.document"), head: true, cell: (one) => one.id },
    { label: t("sites.centres.here"), cell: (one) => leaves(one.here) },
    { label: t("sites.centres.there"), cell: (one) => leaves(one.there) },
    { label: t("sites.centres.todo"), cell: todo },
  ];
  const more = answer.documents.length - SHOWN;
  return html`
    <${DataTable} label=${t("sites.centres.documents")} columns=${columns} rows=${answer.documents.slice(0, SHOWN)} rowKey=${(one) => one.id} />
    ${more > 0 && html`<p class="soft">${tn("sites.centres.others", more, { count: formatNumber(more) })}</p>`}
    <p class="soft">${t("sites.centres.repair.what")}</p>
    <div class="form-actions"><${Button} kind="main" icon="check" busy=${busy} onClick=${onRepair}>${t("sites.centres.repair")}<//></div>
  `;
}

export default forAdmins(msg("sites.centres.title"), Centres);
