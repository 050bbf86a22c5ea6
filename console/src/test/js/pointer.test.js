import assert from "node:assert/strict";
import { test } from "node:test";
import { find, put, steps } from "../files/core/json/pointer.js";
import { readJson } from "../files/core/json/read.js";
import { oneLine } from "../files/core/json/write.js";

const DOC = '{"a": {"b/c": [1.10, 2]}, "telecom": [{"system": "phone", "value": "1"}, {"system": "email", "value": "2"}]}';
const doc = () => readJson(DOC);
const text = (value) => (value ? oneLine(value).replaceAll(" ", "") : value);
const changed = (pointer, value) => text(put(doc(), steps(pointer), value && readJson(value)));

test("places are found by name, number and identity", () => {
  assert.equal(text(find(doc(), steps("/a/b~1c/0"))), "1.10");
  assert.equal(text(find(doc(), steps("/telecom/=email/value"))), '"2"');
  assert.equal(find(doc(), steps("/nowhere/0")), undefined);
  assert.equal(find(doc(), steps("/telecom/=fax")), undefined);
  assert.equal(text(find(doc(), steps(""))), DOC.replaceAll(" ", ""));
});

test("a copy has another value there, or none", () => {
  const before = doc();
  assert.match(text(put(before, steps("/a/b~1c/1"), readJson("3"))), /\[1\.10,3\]/);
  assert.equal(text(before), DOC.replaceAll(" ", ""));
  assert.match(changed("/new", '"x"'), /"new":"x"/);
  assert.doesNotMatch(changed("/a", undefined), /"a"/);
  assert.match(changed("/telecom/=phone/value", '"9"'), /"phone","value":"9"/);
  assert.doesNotMatch(changed("/telecom/=phone", undefined), /phone/);
  assert.match(changed("/telecom/=fax", '{"system":"fax"}'), /"fax"}\]/);
  assert.equal(changed("", '{"z":1}'), '{"z":1}');
});

test("a place that is not there is told, not invented", () => {
  assert.equal(put(doc(), steps("/nowhere/deeper"), readJson("1")), null);
  assert.equal(put(doc(), steps("/telecom/=fax/value"), readJson("1")), null);
  assert.equal(put(doc(), steps("/a/b~1c/7"), readJson("1")), null);
});
