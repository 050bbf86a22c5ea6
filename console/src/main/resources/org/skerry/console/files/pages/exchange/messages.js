// What was exchanged, step by step: the audit in the form of OpenMRS Sync 2.0, newest first, a page at a time. What is asked for stands in the
// address, so that it can be sent to somebody.

import { html, useState } from "../../core/html.js";
import { api } from "../../core/api.js";
import { formatTime, msg, t } from "../../core/language.js";
import { useLoad } from "../../core/load.js";
import { goInstead, link } from "../../core/routes.js";
import { forAdmins } from "../../parts/admins-only.js";
import { Button } from "../../parts/button.js";
import { DataTable } from "../../parts/data-table.js";
import { Empty } from "../../parts/empty.js";
import { PageHead } from "../../parts/page-head.js";
import { Pager } from "../../parts/pager.js";
import { Loaded } from "../../parts/waiting.js";
import { MessageFilter } from "./message-filter.js";
import { Outcome } from "./outcome.js";

const PAGE = 50;

function Messages({ query }) {
  // Where the pages before this one begin.
  const [trail, setTrail] = useState([]);
  const { partner, origin, resource, status, operation, before } = query;
  const asked = { partner, origin, resource, status, operation, before, limit: PAGE };
  const page = useLoad((signal) => api.get(["ws", "rest", "sync2", "messages"], { query: asked, signal }), [JSON.stringify(query)]);
  const show = (change) => {
    setTrail([]);
    goInstead("/exchange/messages", {}, { ...query, before: undefined, ...change });
  };
  const turn = (where, passed) => {
    setTrail(passed);
    goInstead("/exchange/messages", {}, { ...query, before: where });
  };
  return html`
    <${PageHead} title=${t("exchange.messages")} trail=${[["#/exchange", t("exchange.title")]]}
      actions=${html`<${Button} icon="refresh" busy=${page.loading} onClick=${page.reload}>${t("exchange.reload")}<//>`} />
    <${MessageFilter} query=${query} onShow=${show} />
    <${Loaded} of=${page}>
      ${({ results, before: next }) =>
        results.length === 0 && next === undefined
          ? html`<${Empty} icon="list" title=${t("exchange.messages.none")}><p>${t("exchange.messages.none.todo")}</p><//>`
          : html`
              <${DataTable} label=${t("exchange.messages")} columns=${columns()} rows=${results} rowKey=${(message) => message.uuid} />
              ${(trail.length > 0 || next !== undefined) &&
              html`
                <${Pager}
                  words=${t("exchange.messages.page", { page: trail.length + 1 })}
                  onBack=${trail.length > 0 && (() => turn(trail.at(-1), trail.slice(0, -1)))}
                  onForward=${next !== undefined && (() => turn(next, [...trail, before]))}
                />
              `}
            `}
    <//>
  `;
}

const columns = () => [
  { label: t("exchange.record"), head: true, cell: ({ uuid, resource }) => html`<a href=${link("/exchange/messages/:uuid", { uuid })}>${resource}</a>` },
  { label: t("exchange.outcome"), cell: (message) => html`<${Outcome} message=${message} />` },
  { label: t("exchange.operation"), cell: ({ operation }) => t(operation === "PUSH" ? "exchange.push" : "exchange.pull") },
  { label: t("exchange.action"), cell: ({ action }) => action },
  { label: t("exchange.partner"), cell: ({ partner }) => partner },
  { label: t("exchange.time"), cell: ({ timestamp }) => html`<span class="number">${formatTime(timestamp)}</span>` },
  { label: t("exchange.details"), cell: ({ details }) => html`<span class="message-details">${details}</span>` },
];

export default forAdmins(msg("exchange.messages"), Messages);
