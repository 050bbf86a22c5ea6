// Words for what conflicts are made of: kinds, states, members that everybody knows, and who settled.

import { html } from "../../core/html.js";
import { msg, t } from "../../core/language.js";
import { groupOf } from "../../core/conflict/readable.js";
import { placeInWords } from "../../core/conflict/pattern.js";
import { Badge } from "../../parts/badge.js";

const MEMBERS = {
  _attachments: msg("conflicts.member.attachments"),
  active: msg("conflicts.member.active"),
  address: msg("conflicts.member.address"),
  birthDate: msg("conflicts.member.birthDate"),
  code: msg("conflicts.member.code"),
  date: msg("conflicts.member.date"),
  deceasedBoolean: msg("conflicts.member.deceased"),
  deceasedDateTime: msg("conflicts.member.deceased"),
  effective: msg("conflicts.member.effective"),
  gender: msg("conflicts.member.gender"),
  identifier: msg("conflicts.member.identifier"),
  name: msg("conflicts.member.name"),
  note: msg("conflicts.member.note"),
  status: msg("conflicts.member.status"),
  subject: msg("conflicts.member.subject"),
  telecom: msg("conflicts.member.telecom"),
  text: msg("conflicts.member.text"),
  value: msg("conflicts.member.value"),
};

const GENDERS = {
  male: msg("conflicts.gender.male"),
  female: msg("conflicts.gender.female"),
  other: msg("conflicts.gender.other"),
  unknown: msg("conflicts.gender.unknown"),
};

export const memberLabel = (name, group = name) => (group in MEMBERS ? t(MEMBERS[group]) : name);

/** A line of a member's value; the sex in words, for all who read no codes. */
export const lineInWords = (name, line) => (name === "gender" && line in GENDERS ? t(GENDERS[line]) : line);

/** Where something differs: "Name", "Name › 0 › family", or the whole document. */
export function placeLabel(path) {
  if (path === "") {
    return t("conflicts.whole");
  }
  const [first, ...rest] = placeInWords(path).split(" › ");
  return [memberLabel(first, groupOf(first)), ...rest].join(" › ");
}

export const kindLabel = (kind) => kind || t("conflicts.kind.none");

const STATES = { held: ["info", msg("conflicts.state.held")], refused: ["bad", msg("conflicts.state.refused")] };

/** Open is what one expects, so that only the others are marked. */
export function StateBadge({ state }) {
  const [kind, label] = STATES[state] ?? [];
  return label ? html`<${Badge} kind=${kind}>${t(label)}<//>` : null;
}

/** Versions are A, B, C …; the ancestor is "before". */
export const letter = (i) => (i < 26 ? String.fromCharCode(65 + i) : String(i + 1));

export function sourceLabel(source) {
  return source === "ancestor" ? t("conflicts.before") : t("conflicts.version", { letter: letter(source) });
}

export const whoSettled = (by) =>
  by.policy ? t("conflicts.by.rule", { rule: by.rule }) : t("conflicts.by.person", { name: by.user || "—" });
