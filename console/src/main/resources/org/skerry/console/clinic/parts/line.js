// The line between the two sides, as a picture that can be pressed: the switch, how things stand, what waits, and when both sides last had the
// same.

import { html } from "../../core/html.js";
import { formatTime, msg, t, tn } from "../../core/language.js";
import { useShared } from "../../core/state.js";
import { Icon } from "../../parts/icon.js";
import { cut, setCut } from "../core/link.js";
import { pending } from "../core/pending.js";
import { sync } from "../core/tablet.js";

const STATES = {
  cut: { text: msg("clinic.state.cut"), icon: "pause" },
  busy: { text: msg("clinic.state.busy"), icon: "refresh" },
  idle: { text: msg("clinic.state.idle"), icon: "check" },
  broken: { text: msg("clinic.state.broken"), icon: "warning" },
};

export function Line() {
  const isCut = useShared(cut);
  const { state, at } = useShared(sync);
  const waiting = useShared(pending).size;
  const { text, icon } = STATES[state];
  return html`
    <section class=${`line ${state}`} aria-labelledby="line-title">
      <h2 id="line-title" class="visually-hidden">${t("clinic.line")}</h2>
      <div class="wire" aria-hidden="true">
        <span>${t("clinic.tablet")}</span><i></i><b>${isCut ? "✕" : ""}</b><i></i><span>${t("clinic.centre")}</span>
      </div>
      <button type="button" class="switch" role="switch" aria-checked=${isCut} onClick=${() => setCut(!isCut)}>
        <span class="knob" aria-hidden="true"></span>${t("clinic.cut")}
      </button>
      <p class="state" role="status"><${Icon} name=${icon} /><span><strong>${t(text)}</strong> ${waits(waiting)}</span></p>
      <p class="at soft">${at === null ? t("clinic.never") : t("clinic.at", { time: formatTime(at) })}</p>
    </section>
  `;
}

const waits = (count) => (count === 0 ? t("clinic.nothing_waits") : tn("clinic.waits", count));
