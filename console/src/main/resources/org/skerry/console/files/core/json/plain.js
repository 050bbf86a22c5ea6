// Values of core/json/read.js for people to read: strings become JavaScript's, objects maps; numbers stay the text that they are, so that no
// digit is lost. Not for sending.

/** A number keeps its text, and can be told from a string. */
export class Digits {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

export function plain(value) {
  switch (value?.kind) {
    case undefined:
      return undefined;
    case "array":
      return value.items.map(plain);
    case "object":
      return new Map(value.members.map((member) => [member.name, plain(member.value)]));
    default:
      return scalar(value.raw);
  }
}

function scalar(raw) {
  if (raw === "true" || raw === "false" || raw === "null") {
    return JSON.parse(raw);
  }
  return raw.startsWith('"') ? JSON.parse(raw) : new Digits(raw);
}
