import assert from "node:assert/strict";
import { test } from "node:test";
import { closeDocument, openDocument } from "../files/core/json/document.js";
import { JsonFault, readJson } from "../files/core/json/read.js";
import { indented, oneLine } from "../files/core/json/write.js";

const faultOf = (text) => {
  try {
    readJson(text);
    return null;
  } catch (fault) {
    assert(fault instanceof JsonFault, String(fault));
    return `${fault.message} ${fault.line}:${fault.column}`;
  }
};

test("digits and order come out as they went in", () => {
  const text = '{"b": 1.10, "a": 12345678901234567890, "c": [1e400, -0, 0.10], "é": "\\u00e9\\n"}';
  assert.equal(oneLine(readJson(text)), '{ "b": 1.10, "a": 12345678901234567890, "c": [1e400, -0, 0.10], "é": "\\u00e9\\n" }');
  assert.equal(oneLine(readJson(indented(readJson(text)))), oneLine(readJson(text)));
});

test("it is indented by two, and short lists stay on a line", () => {
  assert.equal(indented(readJson('{"a":{"b":[1,2,{}],"c":[1,2]},"d":{},"e":[]}')), [
    "{",
    '  "a": {',
    '    "b": [',
    "      1,",
    "      2,",
    "      {}",
    "    ],",
    '    "c": [1, 2]',
    "  },",
    '  "d": {},',
    '  "e": []',
    "}",
  ].join("\n"));
});

test("what is wrong is told by its place", () => {
  assert.equal(faultOf('{"a": 1,\n "b": }'), "value 2:7");
  assert.equal(faultOf('{"a": 1\n "b": 2}'), "object_end 2:2");
  assert.equal(faultOf('{"a": 1,}'), "extra_comma 1:8");
  assert.equal(faultOf("[1, 2,]"), "extra_comma 1:6");
  assert.equal(faultOf("[1 2]"), "array_end 1:4");
  assert.equal(faultOf("{a: 1}"), "name 1:2");
  assert.equal(faultOf('{"a" 1}'), "colon 1:6");
  assert.equal(faultOf('{"a": "text\n}'), "string_end 1:7");
  assert.equal(faultOf('{"a": "\\x"}'), "escape 1:8");
  assert.equal(faultOf('{"a": "\t"}'), "control 1:8");
  assert.equal(faultOf('{"a": 01}'), "number 1:7");
  assert.equal(faultOf('{"a": 1.}'), "number 1:7");
  assert.equal(faultOf('{"a": nul}'), "value 1:7");
  assert.equal(faultOf('{"a": 1, "a": 2}'), "twice 1:10");
  assert.equal(faultOf('{"a": 1} x'), "more 1:10");
  assert.equal(faultOf('{"a": 1'), "object_end 1:8");
  assert.equal(faultOf(""), "ends 1:1");
  assert.equal(faultOf("[".repeat(600)), "deep 1:502");
});

test("it takes what JSON.parse takes, and refuses what that refuses", () => {
  const pieces = ["{", "}", "[", "]", ",", ":", '"a"', '"b"', "1", "-2.5e3", "true", "null", " ", "\n", '"\\n"', "x"];
  let seed = 7;
  const next = (bound) => {
    seed = (seed * 48271) % 2147483647;
    return seed % bound;
  };
  for (let i = 0; i < 20_000; i += 1) {
    const text = Array.from({ length: 1 + next(9) }, () => pieces[next(pieces.length)]).join("");
    let expected;
    try {
      expected = JSON.stringify(JSON.parse(text));
    } catch {
      expected = null;
    }
    const fault = faultOf(text);
    if (fault?.startsWith("twice")) {
      continue;
    }
    assert.equal(fault === null ? JSON.stringify(JSON.parse(oneLine(readJson(text)))) : null, expected, text);
  }
});

test("a document is taken apart and put together", () => {
  const text =
    '{"_id":"Patient/1","_rev":"2-ab","n":1.10,"_attachments":{"a<b>.txt":{"content_type":"text/plain","revpos":2,"digest":"md5-x","length":3,"stub":true}},"_conflicts":["2-aa"]}';
  const doc = openDocument(text);
  assert.equal(doc.id, "Patient/1");
  assert.equal(doc.body, '{\n  "n": 1.10\n}');
  assert.deepEqual(doc.conflicts, ["2-aa"]);
  assert.deepEqual(doc.attachments, [{ name: "a<b>.txt", type: "text/plain", length: 3, digest: "md5-x" }]);
  const sent = closeDocument('{"n": 2.50}', doc.keep);
  assert(sent.endsWith('"n": 2.50}'), sent);
  assert.deepEqual(Object.keys(JSON.parse(sent)), ["_attachments", "n"]);
  assert.equal(closeDocument("{}", null), "{}");
});
