// JSON read without losing anything: numbers keep their digits (1.10, 12345678901234567890), members their order; and what is wrong is told by
// its place. The browser's JSON.parse does neither.
//
// A value is { kind: "scalar", raw }, { kind: "array", items } or { kind: "object", members: [{ name, raw, value, at }] }; raw is the text as it
// came. Nothing here draws or translates: a JsonFault carries a code, and core/json/check.js has the words.

export class JsonFault extends Error {
  constructor(text, at, code, values = {}) {
    super(code);
    const before = text.slice(0, at).split("\n");
    Object.assign(this, { at, code, values, line: before.length, column: before.at(-1).length + 1 });
  }
}

/** As the node's own limit. */
const DEEPEST = 500;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z0-9_+.-]+/y;
// Sticky, like the others: a string's harmless part, in one step.
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Reads a text that holds one value. */
export function readJson(text) {
  let at = 0;

  const fault = (code, where = at, values) => new JsonFault(text, where, code, values);
  const take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const skip = () => take(/[ \t\r\n]*/y);

  const string = () => {
    const start = at;
    at += 1;
    for (;;) {
      take(PLAIN);
      const next = text[at];
      if (next === '"') {
        at += 1;
        return text.slice(start, at);
      }
      if (next === undefined || next === "\n") {
        throw fault("string_end", start);
      }
      if (next !== "\\") {
        throw fault("control");
      }
      if (!take(ESCAPE)) {
        throw fault("escape");
      }
    }
  };

  const scalar = () => {
    if (text[at] === '"') {
      return string();
    }
    const start = at;
    const word = take(WORD);
    if (word === "true" || word === "false" || word === "null") {
      return word;
    }
    at = start;
    if (take(NUMBER) === word && word !== undefined) {
      return word;
    }
    throw fault(word && /^[-+.\d]/.test(word) ? "number" : "value", start);
  };

  const array = (depth) => {
    const items = [];
    at += 1;
    for (skip(); text[at] !== "]"; ) {
      items.push(value(depth + 1));
      skip();
      if (text[at] === ",") {
        const comma = at;
        at += 1;
        skip();
        if (text[at] === "]") {
          throw fault("extra_comma", comma);
        }
      } else if (text[at] !== "]") {
        throw fault("array_end");
      }
    }
    at += 1;
    return { kind: "array", items };
  };

  const object = (depth) => {
    const members = [];
    const names = new Set();
    at += 1;
    for (skip(); text[at] !== "}"; ) {
      if (text[at] !== '"') {
        throw fault("name");
      }
      const start = at;
      const raw = string();
      const name = JSON.parse(raw);
      if (names.has(name)) {
        throw fault("twice", start, { name });
      }
      names.add(name);
      skip();
      if (text[at] !== ":") {
        throw fault("colon");
      }
      at += 1;
      members.push({ name, raw, value: value(depth + 1), at: start });
      skip();
      if (text[at] === ",") {
        const comma = at;
        at += 1;
        skip();
        if (text[at] === "}") {
          throw fault("extra_comma", comma);
        }
      } else if (text[at] !== "}") {
        throw fault("object_end");
      }
    }
    at += 1;
    return { kind: "object", members };
  };

  const value = (depth) => {
    skip();
    if (depth > DEEPEST) {
      throw fault("deep");
    }
    switch (text[at]) {
      case "{":
        return object(depth);
      case "[":
        return array(depth);
      case undefined:
        throw fault("ends");
      default:
        return { kind: "scalar", raw: scalar() };
    }
  };

  const whole = value(0);
  skip();
  if (at < text.length) {
    throw fault("more");
  }
  return whole;
}
