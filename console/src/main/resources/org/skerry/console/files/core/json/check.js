// Whether a text is what it should be, and if not, what is wrong, in words.

import { msg, t } from "../language.js";
import { JsonFault, readJson } from "./read.js";

const WORDS = {
  value: msg("json.value"),
  string_end: msg("json.string_end"),
  control: msg("json.control"),
  escape: msg("json.escape"),
  number: msg("json.number"),
  array_end: msg("json.array_end"),
  object_end: msg("json.object_end"),
  extra_comma: msg("json.extra_comma"),
  name: msg("json.name"),
  twice: msg("json.twice"),
  colon: msg("json.colon"),
  deep: msg("json.deep"),
  ends: msg("json.ends"),
  more: msg("json.more"),
  array: msg("json.array"),
  object: msg("json.object"),
  own: msg("json.own"),
};

/** @returns {?{line, column, at, text}} null when nothing is wrong */
function faultOf(text, further) {
  try {
    further(readJson(text));
    return null;
  } catch (fault) {
    if (!(fault instanceof JsonFault)) {
      throw fault;
    }
    return { line: fault.line, column: fault.column, at: fault.at, text: t(WORDS[fault.code], fault.values) };
  }
}

/** Checks the text of a JSON object, such as a selector. */
export function checkObject(text) {
  return faultOf(text, (value) => requireObject(text, value));
}

/** Checks the text of a JSON array, such as a policy's rules. */
export function checkArray(text) {
  return faultOf(text, (value) => {
    if (value.kind !== "array") {
      throw new JsonFault(text, 0, "array");
    }
  });
}

/** Checks the body of a document, in which names that begin with "_" are the node's. */
export function checkBody(text) {
  return faultOf(text, (value) => {
    requireObject(text, value);
    for (const member of value.members) {
      if (member.name.startsWith("_")) {
        throw new JsonFault(text, member.at, "own", { name: member.name });
      }
    }
  });
}

function requireObject(text, value) {
  if (value.kind !== "object") {
    throw new JsonFault(text, 0, "object");
  }
}
