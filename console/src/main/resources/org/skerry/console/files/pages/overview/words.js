// A link in words: what flows where, and how far behind it is.

import { formatAgo, formatSpan, t, tn } from "../../core/language.js";
import { stateText } from "./state-badge.js";

/** "clinic → district", or the one name when both ends have it. */
export function databasesOf({ source, target }) {
  return source.name === target.name ? source.name : `${source.name} → ${target.name}`;
}

export function directionText(direction) {
  switch (direction) {
    case "pull":
      return t("overview.pull");
    case "push":
      return t("overview.push");
    case "relay":
      return t("overview.relay");
    default:
      return t("overview.local");
  }
}

export function peerText(host) {
  return host ?? t("overview.this_node");
}

/** How far behind the target is, as far as the source says. */
export function pendingText({ state, pending }) {
  if (pending === null) {
    return "";
  }
  if (pending > 0) {
    return tn("overview.behind", pending);
  }
  return state === "running" ? t("overview.up_to_date") : "";
}

/** Shorter waits are over before anybody has read of them. */
const WORTH_TELLING_MS = 3000;

/** For how long the oldest change has waited, or the link has been cut; empty while nothing waits. */
export function lagText({ state, behindSince }) {
  const tells = behindSince && !["stopped", "completed"].includes(state) && Date.now() - new Date(behindSince).getTime() >= WORTH_TELLING_MS;
  return tells ? t("overview.lag", { span: formatSpan(behindSince) }) : "";
}

/** The line under a link in the picture; brief where there is little room. */
export function standing(link, brief = false) {
  if (link.state === "crashing" && link.nextRun) {
    return brief ? formatAgo(link.nextRun) : t("overview.again", { when: formatAgo(link.nextRun) });
  }
  return pendingText(link) || stateText(link.state);
}

/** "2 links: 1 runs, 1 tries again". */
export function summary(links) {
  const count = (state) => links.filter((link) => link.state === state).length;
  const broken = links.filter((link) => ["crashing", "error", "failed"].includes(link.state)).length;
  return [
    tn("overview.links", links.length),
    tn("overview.running", count("running")),
    broken > 0 && tn("overview.broken", broken),
    count("stopped") > 0 && tn("overview.stopped", count("stopped")),
  ]
    .filter(Boolean)
    .join(" · ");
}
