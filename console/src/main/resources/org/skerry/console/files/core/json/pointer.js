// Places in JSON values (core/json/read.js), named as the node names them: JSON pointers, in which "=phone" stands for the element of an array
// that is identified by "phone" (several values are parted by bars). What is changed is a copy.

/** The steps of a pointer: "/name/0" are "name" and "0". */
export function steps(pointer) {
  return pointer === "" ? [] : pointer.slice(1).split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function text(value) {
  return value.kind === "scalar" && value.raw.startsWith('"') ? JSON.parse(value.raw) : value.raw;
}

/** Whether an object has all these values among its members. */
function hasAll(item, wanted) {
  const own = item.kind === "object" ? item.members.map((member) => text(member.value)) : [];
  return wanted.every((one) => own.includes(one));
}

function indexOf(items, step) {
  if (/^(0|[1-9]\d{0,8})$/.test(step)) {
    return Number(step);
  }
  return step.startsWith("=") ? items.findIndex((item) => hasAll(item, step.slice(1).split("|"))) : -1;
}

export function find(value, [step, ...rest]) {
  if (step === undefined || value === undefined) {
    return value;
  }
  if (value.kind === "object") {
    return find(value.members.find((member) => member.name === step)?.value, rest);
  }
  return value.kind === "array" ? find(value.items[indexOf(value.items, step)], rest) : undefined;
}

/** Where in the text it came from a place stands, as exactly as members and what holds them know. */
export function placeOf(value, [step, ...rest], at = 0) {
  if (step === undefined || value === undefined) {
    return value?.kind === "object" && value.members.length > 0 && at === 0 ? value.members[0].at : at;
  }
  if (value.kind === "object") {
    const member = value.members.find(({ name }) => name === step);
    return member ? placeOf(member.value, rest, member.at) : at;
  }
  if (value.kind !== "array") {
    return at;
  }
  const item = value.items[indexOf(value.items, step)];
  const begins = item?.kind === "object" && item.members.length > 0 ? item.members[0].at : at;
  return placeOf(item, rest, begins);
}

/** A copy in which another value stands there, or none (undefined). Null when the place cannot be found. */
export function put(whole, [step, ...rest], value) {
  if (step === undefined) {
    return value;
  }
  if (whole?.kind === "object") {
    return putMember(whole, step, rest, value);
  }
  return whole?.kind === "array" ? putItem(whole, step, rest, value) : null;
}

function putMember(object, name, rest, value) {
  const known = object.members.find((member) => member.name === name);
  const made = rest.length === 0 ? value : put(known?.value, rest, value);
  if (made === null) {
    return null;
  }
  if (made === undefined) {
    return { ...object, members: object.members.filter((member) => member !== known) };
  }
  const members = known
    ? object.members.map((member) => (member === known ? { ...member, value: made } : member))
    : [...object.members, { name, raw: JSON.stringify(name), value: made, at: 0 }];
  return { ...object, members };
}

function putItem(array, step, rest, value) {
  const at = indexOf(array.items, step);
  if (at < 0 && rest.length === 0 && step.startsWith("=") && value !== undefined) {
    return { ...array, items: [...array.items, value] };
  }
  if (at < 0 || at >= array.items.length) {
    return value === undefined && rest.length === 0 ? array : null;
  }
  const made = rest.length === 0 ? value : put(array.items[at], rest, value);
  if (made === null) {
    return null;
  }
  const items = made === undefined ? array.items.toSpliced(at, 1) : array.items.with(at, made);
  return { ...array, items };
}
