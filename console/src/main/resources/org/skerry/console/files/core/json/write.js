// Values of core/json/read.js as text: indented for people, or on one line. Digits and order stay as they came.

const SHORT = 72;

/** On one line. */
export function oneLine(value) {
  switch (value.kind) {
    case "array":
      return `[${value.items.map(oneLine).join(", ")}]`;
    case "object":
      return value.members.length === 0
        ? "{}"
        : `{ ${value.members.map((member) => `${member.raw}: ${oneLine(member.value)}`).join(", ")} }`;
    default:
      return value.raw;
  }
}

/** Indented by two; arrays of plain values stay on one line when they are short. */
export function indented(value, margin = "") {
  const inner = `${margin}  `;
  if (value.kind === "scalar" || isEmpty(value) || isShortList(value)) {
    return value.kind === "object" ? "{}" : oneLine(value);
  }
  if (value.kind === "array") {
    return `[\n${value.items.map((item) => inner + indented(item, inner)).join(",\n")}\n${margin}]`;
  }
  const members = value.members.map((member) => `${inner}${member.raw}: ${indented(member.value, inner)}`);
  return `{\n${members.join(",\n")}\n${margin}}`;
}

function isEmpty(value) {
  return (value.items ?? value.members).length === 0;
}

function isShortList(value) {
  return (
    value.kind === "array" &&
    value.items.every((item) => item.kind === "scalar") &&
    value.items.reduce((length, item) => length + item.raw.length + 2, 0) <= SHORT
  );
}
