// One direction of a satellite's: whether it runs or could not, when it ran and runs again, and its counters since the node started.

import { html } from "../../core/html.js";
import { formatAgo, formatTime, msg, t } from "../../core/language.js";
import { Badge } from "../../parts/badge.js";
import { Button } from "../../parts/button.js";
import { Notice } from "../../parts/problem-box.js";

const TITLES = { push: msg("satellites.push"), pull: msg("satellites.pull") };
const RUNS = { push: msg("satellites.push.now"), pull: msg("satellites.pull.now") };

function StateOf({ flow }) {
  if (flow.error) {
    return html`<${Badge} kind="bad">${t("satellites.state.waits")}<//>`;
  }
  if (flow.running) {
    return html`<${Badge} kind="info">${t("satellites.state.running")}<//>`;
  }
  if (!flow.enabled) {
    return html`<${Badge}>${t("satellites.state.asked")}<//>`;
  }
  return html`<${Badge} kind="good">${flow.seconds === undefined ? t("satellites.state.continuous") : t("satellites.state.every", { seconds: flow.seconds })}<//>`;
}

export function Flow({ satellite, direction, flow, facts, onRun }) {
  const times = [
    [t("satellites.last"), flow.last_success ? html`<span title=${formatTime(flow.last_success)}>${formatAgo(flow.last_success)}</span>` : "–"],
    flow.next && [t("satellites.next"), formatTime(flow.next)],
  ].filter(Boolean);
  return html`
    <div class="lane">
      <h3>${t(TITLES[direction])} <${StateOf} flow=${flow} /></h3>
      ${flow.error && html`<${Notice} kind="warn"><p>${flow.error}</p><//>`}
      <dl class="audit-details">
        ${[...times, ...facts].map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd class="number">${value}</dd></div>`)}
      </dl>
      <div class="actions">
        <${Button} icon=${direction === "pull" ? "download" : "upload"} onClick=${onRun} aria-label=${`${satellite}: ${t(RUNS[direction])}`}>${t(RUNS[direction])}<//>
      </div>
    </div>
  `;
}
