// A policy's rules as a form sees them, and back. A form's rule is made of texts; selectors stay the text that they are, so that no digit is
// lost. A rule that a form cannot show (somebody wrote something unusual) gives null: it is edited as JSON.

import { find } from "../json/pointer.js";
import { readJson } from "../json/read.js";
import { indented, oneLine } from "../json/write.js";

export const METHODS = ["merge", "latest", "site", "function", "winner", "manual"];
export const WAYS = ["merge", "set", "counter", "latest", "winner", "identity", "manual"];

const KNOWN = ["name", "type", "selector", "method", "members", "member", "order", "function"];

export const emptyRule = (name) => ({
  name, types: "", selector: "", method: "merge", members: [], member: "", order: "", function: "",
});

const isString = (value) => value?.kind === "scalar" && value.raw.startsWith('"');
const string = (value) => JSON.parse(value.raw);

class Unusual extends Error {}

function text(value) {
  if (value === undefined) {
    return "";
  }
  if (!isString(value)) {
    throw new Unusual();
  }
  return string(value);
}

function list(value) {
  const items = value?.kind === "array" ? value.items.map(text) : [text(value)];
  // A comma parts them in the form.
  if (items.some((item) => item.includes(","))) {
    throw new Unusual();
  }
  return items.filter(Boolean).join(", ");
}

function wayOf({ name, value }) {
  if (isString(value)) {
    return { path: name, way: string(value), arg: "" };
  }
  for (const way of ["latest", "identity"]) {
    const arg = find(value, [way]);
    if (arg && value.members.length === 1) {
      return { path: name, way, arg: way === "latest" ? text(arg) : list(arg) };
    }
  }
  throw new Unusual();
}

function formOf(rule) {
  if (rule.kind !== "object" || rule.members.some((member) => !KNOWN.includes(member.name))) {
    throw new Unusual();
  }
  const selector = find(rule, ["selector"]);
  return {
    name: text(find(rule, ["name"])),
    types: list(find(rule, ["type"])),
    selector: selector ? indented(selector) : "",
    method: text(find(rule, ["method"])) || "merge",
    members: (find(rule, ["members"])?.members ?? []).map(wayOf),
    member: text(find(rule, ["member"])),
    order: list(find(rule, ["order"])),
    function: text(find(rule, ["function"])),
  };
}

/** @param rules the text of an array; @returns the form's rules, or null */
export function rulesForForm(rules) {
  try {
    return readJson(rules).items.map(formOf);
  } catch (failure) {
    if (failure instanceof Unusual) {
      return null;
    }
    throw failure;
  }
}

const parts = (words) => words.split(",").map((one) => one.trim()).filter(Boolean);

function wayText({ way, arg }) {
  if (way === "latest") {
    return JSON.stringify({ latest: arg });
  }
  const names = parts(arg);
  return JSON.stringify(way === "identity" ? { identity: names.length === 1 ? names[0] : names } : way);
}

function ruleText(rule) {
  const types = parts(rule.types);
  const members = [["name", JSON.stringify(rule.name)]];
  if (types.length > 0) {
    members.push(["type", JSON.stringify(types.length === 1 ? types[0] : types)]);
  }
  if (rule.selector.trim()) {
    members.push(["selector", oneLine(readJson(rule.selector))]);
  }
  members.push(["method", JSON.stringify(rule.method)]);
  if (rule.method === "merge" && rule.members.length > 0) {
    members.push(["members", `{${rule.members.map((one) => `${JSON.stringify(one.path)}: ${wayText(one)}`).join(", ")}}`]);
  }
  if (rule.method === "latest" || rule.method === "site") {
    members.push(["member", JSON.stringify(rule.member)]);
  }
  if (rule.method === "site") {
    members.push(["order", JSON.stringify(parts(rule.order))]);
  }
  if (rule.method === "function") {
    members.push(["function", JSON.stringify(rule.function)]);
  }
  return `{${members.map(([name, value]) => `"${name}": ${value}`).join(", ")}}`;
}

/** The text of the array of rules. Throws a JsonFault when a selector is no JSON. */
export function rulesFromForm(rules) {
  return indented(readJson(`[${rules.map(ruleText).join(", ")}]`));
}
