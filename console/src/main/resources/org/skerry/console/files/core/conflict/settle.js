// What a person chose about a conflict's members, as a document to look at and as words for the node. choices: from a member's path to the key
// of one of its options (core/conflict/read.js).

import { find, put, steps } from "../json/pointer.js";
import { oneLine } from "../json/write.js";

/** The proposal's own choices. */
export function presets(conflict) {
  return Object.fromEntries(conflict.members.filter((one) => one.preset !== undefined).map((one) => [one.path, one.preset]));
}

export const undecided = (conflict, choices) => conflict.members.filter((one) => choices[one.path] === undefined);

const chosen = (one, choices) => one.options.find((option) => option.key === choices[one.path]);

/**
 * The document that the choices make.
 *
 * @returns {{doc, hidden: string[]}} hidden: places that could not be found in it; the node finds them
 */
export function resultOf(conflict, choices) {
  let doc = conflict.proposal.doc;
  const hidden = [];
  for (const one of conflict.members) {
    const option = chosen(one, choices);
    if (!option || option.key === one.preset) {
      continue;
    }
    const made = put(doc, steps(one.path), option.value);
    if (made) {
      doc = made;
    } else {
      hidden.push(one.path);
    }
  }
  return { doc, hidden };
}

const leavesOf = (conflict) => JSON.stringify(conflict.leaves.map((leaf) => leaf.rev));

const commentOf = (comment) => (comment.trim() ? `, "comment": ${JSON.stringify(comment.trim())}` : "");

/** The request that settles by members: what is as proposed is left to the node. */
export function requestOfChoices(conflict, choices, comment) {
  const members = [];
  for (const one of conflict.members) {
    const option = chosen(one, choices);
    if (option && option.key !== one.preset) {
      members.push(`${JSON.stringify(one.path)}: ${wish(option)}`);
    }
  }
  return `{"leaves": ${leavesOf(conflict)}, "members": {${members.join(", ")}}${commentOf(comment)}}`;
}

function wish(option) {
  if (option.revs.length > 0) {
    return JSON.stringify(option.revs[0]);
  }
  return option.value === undefined ? '{"remove": true}' : `{"value": ${oneLine(option.value)}}`;
}

/** The request that settles by an edited body. Attachments are those of the result that was chosen. */
export function requestOfBody(conflict, body, result, comment) {
  const kept = find(result, ["_attachments"]);
  const stubs = (kept?.members ?? []).map((one) => {
    const digest = find(one.value, ["digest"]);
    return `${one.raw}: {"stub": true${digest ? `, "digest": ${oneLine(digest)}` : ""}}`;
  });
  const inner = oneLine(body).replace(/^\{\s*/, "");
  const own = `"_attachments": {${stubs.join(", ")}}${inner === "}" ? "" : ", "}`;
  return `{"leaves": ${leavesOf(conflict)}, "doc": {${own}${inner}${commentOf(comment)}}`;
}

/** The request about very many versions: one of them, or a body. All are named, though not all were read. */
export function requestOfCrowd({ revs }, { rev, body }, comment) {
  const decided = body ? `"doc": ${oneLine(body)}` : `"choose": ${JSON.stringify(rev)}`;
  return `{"leaves": ${JSON.stringify(revs)}, ${decided}${commentOf(comment)}}`;
}

export function requestOfLeaf(conflict, rev, comment) {
  return `{"leaves": ${leavesOf(conflict)}, "choose": ${JSON.stringify(rev)}${commentOf(comment)}}`;
}
