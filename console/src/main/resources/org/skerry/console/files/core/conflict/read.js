// One conflict as the node tells of it, without losing digits: documents and values stay values of core/json/read.js, everything else is
// JavaScript's.
//
// A member of the conflict is { path, way, open, ancestor, values, options, preset }. Its options are the different values that it can have,
// each with those that have it: { key, value, sources, revs }, where value is undefined for "no such member" and sources are "ancestor" or
// the places of leaves. preset is the key of what the node proposes; undefined when a person must decide.

import { readJson } from "../json/read.js";
import { oneLine } from "../json/write.js";

const member = (object, name) => object.members.find((one) => one.name === name)?.value;
const js = (value) => (value === undefined ? undefined : JSON.parse(oneLine(value)));

export function readConflict(text) {
  const whole = readJson(text);
  const get = (name) => js(member(whole, name));
  const ancestor = member(whole, "ancestor");
  const leaves = member(whole, "leaves").items.map((leaf) => ({
    rev: js(member(leaf, "rev")),
    winner: js(member(leaf, "winner")),
    doc: member(leaf, "doc"),
  }));
  const proposal = member(whole, "proposal");
  return {
    id: get("id"),
    kind: get("kind"),
    since: get("since"),
    state: get("state"),
    reason: get("reason"),
    // Of very many versions only some are here, and all are named.
    crowded: get("crowded") ?? false,
    revs: get("revs") ?? leaves.map((leaf) => leaf.rev),
    ancestor: { rev: js(member(ancestor, "rev")), doc: member(ancestor, "doc") },
    leaves,
    members: member(whole, "members").items.map((one) => readMember(one, leaves, member(ancestor, "doc") !== undefined)),
    proposal: {
      rule: js(member(proposal, "rule")),
      policy: js(member(proposal, "policy")),
      method: js(member(proposal, "method")),
      complete: js(member(proposal, "complete")),
      doc: member(proposal, "doc"),
    },
  };
}

function readMember(one, leaves, known) {
  const path = js(member(one, "path"));
  const absent = js(member(one, "absent")) ?? [];
  const open = js(member(one, "open"));
  const before = absent.includes("ancestor") ? undefined : member(one, "ancestor");
  const values = member(one, "values").items.map((value, i) => (absent.includes(leaves[i].rev) ? undefined : value));
  const options = optionsOf(before, values, leaves, known);
  let preset;
  if (!open) {
    const result = member(one, "result");
    const found = options.find((option) => same(option.value, result));
    if (!found) {
      options.push({ key: "result", value: result, sources: [], revs: [] });
    }
    preset = found?.key ?? "result";
  }
  return { path, way: js(member(one, "way")), open, ancestor: before, values, options, preset };
}

export const same = (left, right) =>
  left === undefined || right === undefined ? left === right : canonical(left) === canonical(right);

/** Members in any order are the same object. */
function canonical(value) {
  if (value.kind === "array") {
    return `[${value.items.map(canonical).join()}]`;
  }
  return value.kind === "object"
    ? `{${value.members.map((one) => `${JSON.stringify(one.name)}:${canonical(one.value)}`).sort().join()}}`
    : value.raw;
}

/**
 * Equal values are one option. Leaves come first: what the ancestor has is named by it only when no leaf has it. Without an ancestor's content
 * nobody knows what was before; the member can be left out all the same.
 */
function optionsOf(before, values, leaves, known) {
  const options = [];
  const add = (key, value, source, rev) => {
    const known = options.find((option) => same(option.value, value));
    if (known) {
      known.sources.push(source);
      known.revs.push(...rev);
    } else {
      options.push({ key, value, sources: [source], revs: rev });
    }
  };
  values.forEach((value, i) => add(leaves[i].rev, value, i, [leaves[i].rev]));
  if (known) {
    add("ancestor", before, "ancestor", []);
  } else if (!options.some((option) => option.value === undefined)) {
    options.push({ key: "ancestor", value: undefined, sources: [], revs: [] });
  }
  return options;
}
