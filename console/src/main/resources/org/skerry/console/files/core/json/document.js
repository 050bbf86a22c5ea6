// A document's text, taken apart for people: its body, which they edit, and what belongs to the node (members that begin with "_"), which the
// console keeps and puts back.

import { readJson } from "./read.js";
import { indented, oneLine } from "./write.js";

/**
 * Takes a document apart.
 *
 * @returns {{id, rev, deleted, conflicts, attachments, keep, body}} body: indented text; attachments: [{name, type, length, digest}]; keep:
 *     the text of _attachments, which a new revision must repeat or lose
 */
export function openDocument(text) {
  const whole = readJson(text);
  const own = new Map();
  const body = { kind: "object", members: [] };
  for (const member of whole.members) {
    if (member.name.startsWith("_")) {
      own.set(member.name, member.value);
    } else {
      body.members.push(member);
    }
  }
  const plain = (name, otherwise) => (own.has(name) ? JSON.parse(oneLine(own.get(name))) : otherwise);
  return {
    id: plain("_id"),
    rev: plain("_rev"),
    deleted: plain("_deleted", false),
    conflicts: plain("_conflicts", []),
    attachments: attachments(plain("_attachments", {})),
    keep: own.has("_attachments") ? oneLine(own.get("_attachments")) : null,
    body: indented(body),
  };
}

function attachments(named) {
  return Object.entries(named).map(([name, about]) => ({
    name,
    type: about.content_type,
    length: about.length,
    digest: about.digest,
  }));
}

/** The text to be sent: the body with the attachments that it keeps. */
export function closeDocument(body, keep) {
  const whole = readJson(body);
  const own = keep ? [`"_attachments": ${keep}`] : [];
  return `{${[...own, ...whole.members.map((member) => `${member.raw}: ${oneLine(member.value)}`)].join(", ")}}`;
}
