// The state of a link as a word with a colour.

import { html } from "../../core/html.js";
import { msg, t } from "../../core/language.js";
import { Badge } from "../../parts/badge.js";

const STATES = {
  running: ["good", msg("overview.state.running")],
  pending: ["info", msg("overview.state.pending")],
  initializing: ["info", msg("overview.state.initializing")],
  crashing: ["bad", msg("overview.state.crashing")],
  error: ["bad", msg("overview.state.error")],
  failed: ["bad", msg("overview.state.failed")],
  completed: ["soft", msg("overview.state.completed")],
  stopped: ["warn", msg("overview.state.stopped")],
};

export const stateKind = (state) => STATES[state]?.[0] ?? "soft";

export const stateText = (state) => (STATES[state] ? t(STATES[state][1]) : String(state));

export function StateBadge({ state }) {
  return html`<${Badge} kind=${stateKind(state)}>${stateText(state)}<//>`;
}
