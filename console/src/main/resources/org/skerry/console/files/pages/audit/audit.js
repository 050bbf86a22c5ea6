// Who did what, when, and from where: the node's audit log, newest first, a page at a time. What is asked for stands in the address, so that
// it can be sent to somebody. Failed replications are not here but at the overview, which has their last error and starts them anew.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatTime, msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { goInstead } from "../../core/routes.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Badge } from "../../parts/badge.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { Pager } from "../../parts/pager.js";
import { Loaded } from "../../parts/waiting.js";
import { AuditFilter } from "./audit-filter.js";
import { ACTIONS, GROUPS, isBad } from "./kinds.js";
import { Subject } from "./subject.js";

const PAGE = 50;

function Audit({ query }) {
  // Where the pages before this one begin.
  const [before, setBefore] = useState([]);
  const page = useLoad((signal) => api.get(["_node", "_local", "_audit"], { query: asked(query), signal }), [JSON.stringify(query)]);
  const show = (change) => {
    setBefore([]);
    goInstead("/audit", {}, { ...query, after: undefined, ...change });
  };
  const turn = (after, trail) => {
    setBefore(trail);
    goInstead("/audit", {}, { ...query, after });
  };
  return html`
    <${PageHead} title=${t("audit.title")} actions=${html`<${Button} icon="refresh" busy=${page.loading} onClick=${page.reload}>${t("audit.reload")}<//>`} />
    <${AuditFilter} query=${query} onShow=${show} />
    ${["failures", "replications"].includes(query.kind) && html`<p class="soft">${t("audit.overview")} <a href="#/overview">${t("overview.title")}</a></p>`}
    <${Loaded} of=${page}>
      ${({ events, next }) =>
        events.length === 0
          ? html`<${Empty} icon="list" title=${t("audit.none")}><p>${t("audit.none.todo")}</p><//>`
          : html`
              <${DataTable} label=${t("audit.title")} columns=${columns()} rows=${events} rowKey=${(event) => event.seq} />
              ${(before.length > 0 || next !== undefined) &&
              html`
                <${Pager}
                  words=${t("audit.page", { page: before.length + 1 })}
                  onBack=${before.length > 0 && (() => turn(before.at(-1), before.slice(0, -1)))}
                  onForward=${next !== undefined && (() => turn(next, [...before, query.after]))}
                />
              `}
            `}
    <//>
  `;
}

/** The days of the filter are the viewer's; the node wants moments. */
function asked({ kind, user, subject, from, until, after }) {
  const actions = GROUPS.find(([name]) => name === kind)?.[2] ?? (kind in ACTIONS ? [kind] : []);
  return {
    limit: PAGE,
    action: actions.join(",") || undefined,
    user: user || undefined,
    subject: subject || undefined,
    from: moment(from, "00:00:00"),
    until: moment(until, "23:59:59.999"),
    after,
  };
}

function moment(day, time) {
  const date = day ? new Date(`${day}T${time}`) : null;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
}

const columns = () => [
  {
    label: t("audit.action"),
    head: true,
    cell: ({ action }) => {
      const text = ACTIONS[action] ? t(ACTIONS[action]) : action;
      return isBad(action) ? html`<${Badge} kind="bad">${text}<//>` : text;
    },
  },
  { label: t("audit.subject"), cell: (event) => html`<${Subject} event=${event} />` },
  { label: t("audit.user"), cell: (event) => event.user },
  { label: t("audit.address"), cell: (event) => event.address && html`<span class="code">${event.address}</span>` },
  { label: t("audit.time"), cell: (event) => html`<span class="number">${formatTime(event.time)}</span>` },
  { label: t("audit.details"), cell: ({ details }) => details && html`<${Details} details=${details} />` },
];

function Details({ details }) {
  return html`
    <details>
      <summary>${t("audit.details.show")}</summary>
      <dl class="audit-details">
        ${Object.entries(details).map(([name, value]) => html`<div><dt>${name}</dt><dd class="code">${value}</dd></div>`)}
      </dl>
    </details>
  `;
}

export default forAdmins(msg("audit.title"), Audit);
