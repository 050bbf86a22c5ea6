// One direction of a partner's: whether it runs, waits, or could not; when it runs again; how far behind it is.

import { html } from "../../core/html.js";
import { formatAgo, formatNumber, formatTime, msg, t } from "../../core/language.js";
import { link } from "../../core/routes.js";
import { Badge } from "../../parts/badge.js";
import { Button, LinkButton } from "../../parts/button.js";
import { Notice } from "../../parts/problem-box.js";

const TITLES = { pull: msg("exchange.pull"), push: msg("exchange.push") };
const RUNS = { pull: msg("exchange.pull.now"), push: msg("exchange.push.now") };

function StateOf({ lane }) {
  if (lane.running) {
    return html`<${Badge} kind="info">${t("exchange.state.running")}<//>`;
  }
  if (lane.error) {
    return html`<${Badge} kind="bad">${t("exchange.state.waits")}<//>`;
  }
  return lane.last_success ? html`<${Badge} kind="good">${t("exchange.state.done")}<//>` : html`<${Badge}>${t("exchange.state.new")}<//>`;
}

export function Direction({ partner, direction, lane, onRun }) {
  return html`
    <div class="lane">
      <h3>${t(TITLES[direction])} <${StateOf} lane=${lane} /></h3>
      ${lane.error && html`<${Notice} kind="warn"><p>${lane.error}</p><//>`}
      <dl class="audit-details">
        <div>
          <dt>${t("exchange.last")}</dt>
          <dd>${lane.last_success ? html`<span title=${formatTime(lane.last_success)}>${formatAgo(lane.last_success)}</span>` : "–"}</dd>
        </div>
        <div>
          <dt>${t("exchange.next")}</dt>
          <dd>${lane.next && !lane.running ? formatTime(lane.next) : "–"}</dd>
        </div>
        <div>
          <dt>${t("exchange.categories")}</dt>
          <dd>${lane.categories.map((one) => one.category).join(", ")}</dd>
        </div>
        ${lane.pending !== undefined &&
        html`
          <div>
            <dt>${t("exchange.pending")}</dt>
            <dd class="number">${formatNumber(lane.pending)}</dd>
          </div>
        `}
      </dl>
      <div class="actions">
        <${Button} icon=${direction === "pull" ? "download" : "upload"} onClick=${onRun} aria-label=${`${partner}: ${t(RUNS[direction])}`}>${t(RUNS[direction])}<//>
        <${LinkButton} kind="quiet" icon="list" href=${link("/exchange/messages", {}, { partner, operation: direction })} aria-label=${`${partner}: ${t(TITLES[direction])}, ${t("exchange.messages")}`}>${t("exchange.messages")}<//>
      </div>
    </div>
  `;
}
