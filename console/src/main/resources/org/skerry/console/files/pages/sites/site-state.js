// How one site stands in one database: how many documents it has, and what its devices have not fetched yet.

import { html } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatNumber, t, tn } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { Badge } from "../../parts/badge.js";
import { Fetched } from "./fetched.js";
import { Held } from "./held.js";

export function SiteState({ db, site }) {
  const { value, problem, reload } = useLoad((signal) => api.get([db, "_subset"], { query: { site }, signal }), [db, site]);
  if (problem) {
    return html`<span class="soft">${problem.status === 404 ? t("sites.state.none") : problem.message}</span>`;
  }
  if (!value) {
    return html`<span class="soft">…</span>`;
  }
  const behind = Math.max(0, ...value.checkpoints.map((one) => one.pending));
  return html`
    <span>
      ${tn("sites.state.documents", value.doc_count, { count: formatNumber(value.doc_count) })}
      ${value.checkpoints.length === 0
        ? html` · ${t("sites.state.never")}`
        : html` · ${behind === 0 ? t("sites.state.all") : t("sites.state.behind", { count: formatNumber(behind) })}`}
      ${value.held > 0 && html` <${Held} db=${db} site=${site} count=${value.held} onChanged=${reload} />`}
      ${value.search && html` <${Fetched} db=${db} site=${site} />`}
      ${value.following && html` <${Badge} kind="info">${t("sites.state.following")}<//>`}
    </span>
  `;
}
