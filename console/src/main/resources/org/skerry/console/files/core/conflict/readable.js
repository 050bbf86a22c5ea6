// Documents in lines for people: what FHIR's data types (https://hl7.org/fhir/R4/datatypes.html) are, is said as people say it: a name as a name,
// a quantity with its unit, a code by its text. Everything else is said by its members. Nothing is left out: a member that is not known stands
// under its own name.
//
//   readable(doc)   [{ name: "birthDate", lines: ["1984-03-02"] }, …], known members of the kind first
//   inWords(value)  lines for a single value
//
// Values are those of core/json/plain.js. Times stay as they were written, because what differs must be seen to differ.

import { plain } from "../json/plain.js";
import { besideOf } from "./beside.js";

/** What a reader looks for first. */
const FIRST = {
  Patient: ["name", "birthDate", "gender", "identifier", "address", "telecom", "active", "deceasedBoolean", "deceasedDateTime"],
  Observation: ["code", "value", "effective", "status", "subject", "interpretation", "component", "performer", "note"],
};

const USUAL = ["name", "title", "code", "status", "value", "subject", "patient", "effective", "date"];

/** Members with a choice of types: valueQuantity and valueString are both the value. */
const CHOICES = /^(value|effective|onset|occurrence|medication)[A-Z]/;

/** "value" for "valueQuantity". */
export const groupOf = (name) => name.match(CHOICES)?.[1] ?? name;

const LONGEST = 400;

const isText = (value) => typeof value === "string";
const has = (map, ...names) => names.some((name) => map.has(name));
const words = (...parts) => parts.flat().filter((part) => part !== undefined && part !== null && part !== "").map(String).join(" ");

export function readable(doc) {
  const whole = plain(doc);
  const kind = whole.get("resourceType");
  const order = FIRST[kind] ?? USUAL;
  const rows = [...whole]
    .filter(([name]) => (!name.startsWith("_") && name !== "resourceType") || name === "_attachments")
    .map(([name, value]) => ({ name, group: groupOf(name), lines: name === "_attachments" ? attachmentsInWords(value) : inWords(value) }));
  const rank = (row) => (order.includes(row.group) ? order.indexOf(row.group) : order.length);
  return rows.map((row, i) => [rank(row), i, row]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , row]) => row);
}

/** A line for each: its digest says nothing to people. */
function attachmentsInWords(named) {
  return named instanceof Map ? [...named].map(([name, about]) => `${name}: ${ofAttachment(about)}`) : inWords(named);
}

const ofAttachment = (about) => (about instanceof Map ? `${about.get("content_type")}, ${about.get("length")} B` : String(about));

export function inWords(value) {
  if (Array.isArray(value)) {
    return value.flatMap((item) => inWords(item));
  }
  const line = value instanceof Map ? ofObject(value) : String(value);
  return [line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line];
}

const ofAny = (value) => inWords(value).join(", ");

/** In this order: the first that fits says what it is. */
const TYPES = [
  [(map) => besideOf(map) !== null, (map) => words(besideOf(map).length, "B", besideOf(map).hash && `(${besideOf(map).hash})`)],
  [(map) => map.size === 1 && [map.get("extension")].flat().some((one) => besideOf(one) !== null), (map) => ofAny(map.get("extension"))],
  [(map) => has(map, "given", "family"), humanName],
  [(map) => map.has("coding") || (map.has("text") && map.size === 1), codeable],
  [(map) => map.has("value") && has(map, "unit", "code"), quantity],
  [(map) => map.has("value") && map.has("system") && TELECOM.includes(map.get("system")), telecom],
  [(map) => map.has("value") && has(map, "system", "type", "use"), identifier],
  [(map) => map.has("line") || (map.has("city") && has(map, "postalCode", "country")), address],
  [(map) => map.has("reference"), (map) => words(map.get("display"), map.has("display") ? `(${map.get("reference")})` : map.get("reference"))],
  [(map) => map.size > 0 && [...map.keys()].every((key) => key === "start" || key === "end"), (map) => `${map.get("start") ?? "…"} – ${map.get("end") ?? "…"}`],
  [(map) => map.has("code") && has(map, "system", "display"), coding],
  [(map) => map.has("digest") && map.has("length"), (map) => words(map.get("content_type"), map.get("length"), map.get("digest"))],
];

const TELECOM = ["phone", "fax", "email", "pager", "url", "sms", "other"];

function ofObject(map) {
  const [, say] = TYPES.find(([fits]) => fits(map)) ?? [null, members];
  return say(map);
}

function members(map) {
  return map.size === 0 ? "{}" : [...map].map(([name, value]) => `${name}: ${ofAny(value)}`).join("; ");
}

/** What a type's words did not say, in brackets. */
function rest(map, ...said) {
  const others = [...map].filter(([name]) => !said.includes(name));
  return others.length > 0 ? `(${others.map(([name, value]) => `${name}: ${ofAny(value)}`).join("; ")})` : "";
}

function humanName(map) {
  return words(map.get("prefix"), map.get("given"), map.get("family"), map.get("suffix"), rest(map, "prefix", "given", "family", "suffix"));
}

function codeable(map) {
  const codings = [map.get("coding") ?? []].flat().map(ofAny).join(", ");
  return isText(map.get("text")) ? words(map.get("text"), codings && `[${codings}]`) : codings || members(map);
}

function coding(map) {
  return map.has("display") ? words(map.get("display"), `(${map.get("code")})`) : words(map.get("code"), map.has("system") && `(${map.get("system")})`);
}

function quantity(map) {
  return words(map.get("comparator"), map.get("value"), map.get("unit") ?? map.get("code"), rest(map, "comparator", "value", "unit", "code", "system"));
}

function telecom(map) {
  return words(`${map.get("system")}:`, map.get("value"), rest(map, "system", "value"));
}

function identifier(map) {
  return words(map.get("value"), map.has("system") && `(${map.get("system")})`, rest(map, "value", "system"));
}

function address(map) {
  const place = words(map.get("postalCode"), map.get("city"));
  const parts = [words(map.get("line")), map.get("district"), place, map.get("state"), map.get("country")];
  return words(parts.filter(Boolean).join(", "), rest(map, "line", "district", "postalCode", "city", "state", "country"));
}
