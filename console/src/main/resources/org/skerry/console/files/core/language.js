// The console's languages. Texts stand in lang/LANGUAGE/PART.json: a part for the shell and one for each page, whose keys begin with its name.
//
//   t("databases.title")                     a text
//   t("databases.made", { name })            with {name} put in
//   tn("databases.count", 3)                 the form for a number: keys databases.count.one and .other, with {count}
//   msg("databases.title")                   only marks a key that is translated elsewhere, so that the test which looks for keys sees it
//
// A language that lacks a text shows the English one; MessagesTest does not let that happen.

import { createState } from "./state.js";
import { recall, remember } from "./memory.js";
import { PARTS } from "../lang/parts.js";

export const LANGUAGES = { en: "English", fr: "Français", es: "Español" };

export const language = createState("en");

const loaded = {};

const sources = PARTS.map((part) => ({ folder: new URL("../lang/", import.meta.url), part }));

/** For pages beside the console, before the language starts: texts of their own, in folders as here. */
export function addTexts(folder, part) {
  sources.push({ folder, part });
}

async function readPart(code, { folder, part }) {
  const answer = await fetch(new URL(`${code}/${part}.json`, folder));
  if (!answer.ok) {
    throw new Error(`no texts: ${code}/${part}`);
  }
  return answer.json();
}

async function read(code) {
  if (!loaded[code]) {
    const parts = await Promise.all(sources.map((source) => readPart(code, source)));
    loaded[code] = Object.assign({}, ...parts);
  }
}

function preferred() {
  const wanted = [recall("language"), ...navigator.languages];
  return wanted.map((tag) => String(tag).slice(0, 2).toLowerCase()).find((code) => code in LANGUAGES) ?? "en";
}

/** Loads the texts in the language that was chosen, or that the browser prefers. */
export async function startLanguage() {
  await speak(preferred());
}

/** Changes the language; everything is drawn anew. */
export async function speak(code) {
  await read(code);
  document.documentElement.lang = code;
  language.set(code);
}

/** As speak, and keeps it. */
export async function chooseLanguage(code) {
  remember("language", code);
  await speak(code);
}

export const msg = (key) => key;

export function t(key, values = {}) {
  const text = loaded[language.get()]?.[key] ?? loaded.en?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function tn(key, count, values = {}) {
  const form = new Intl.PluralRules(language.get()).select(count) === "one" ? "one" : "other";
  return t(`${key}.${form}`, { count: formatNumber(count), ...values });
}

export function formatNumber(value, options) {
  return new Intl.NumberFormat(language.get(), options).format(value);
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

/** A size, in steps of 1,000. */
export function formatBytes(bytes) {
  const step = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  const digits = step > 0 && value < 100 ? 1 : 0;
  return formatNumber(value, { style: "unit", unit: UNITS[step], unitDisplay: step > 0 ? "short" : "long", maximumFractionDigits: digits });
}

/** A moment, given as anything that Date reads. */
export function formatTime(moment) {
  const date = new Date(moment);
  return Number.isNaN(date.getTime())
    ? String(moment)
    : new Intl.DateTimeFormat(language.get(), { dateStyle: "medium", timeStyle: "medium" }).format(date);
}

const SPANS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** How long ago, as a length: "5 minutes". */
export function formatSpan(moment, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - new Date(moment).getTime()) / 1000));
  const [unit, length] = SPANS.find(([, span]) => seconds >= span) ?? ["second", 1];
  return new Intl.NumberFormat(language.get(), { style: "unit", unit, unitDisplay: "long" }).format(Math.round(seconds / length));
}

/** How long ago (or in how long) a moment is: "3 hours ago". */
export function formatAgo(moment, now = Date.now()) {
  const seconds = Math.round((new Date(moment).getTime() - now) / 1000);
  const [unit, length] = SPANS.find(([, span]) => Math.abs(seconds) >= span) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(language.get(), { numeric: "auto" }).format(Math.round(seconds / length), unit);
}
