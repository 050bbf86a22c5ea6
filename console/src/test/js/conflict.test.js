import assert from "node:assert/strict";
import { test } from "node:test";
import { readConflict } from "../files/core/conflict/read.js";
import { presets, requestOfBody, requestOfChoices, requestOfLeaf, resultOf, undecided } from "../files/core/conflict/settle.js";
import { readJson } from "../files/core/json/read.js";

const TEXT = `{
  "id": "Patient/1", "kind": "Patient", "since": "2026-11-26T01:40:07Z", "state": "open", "reason": "why",
  "ancestor": {"rev": "3-a", "doc": {"_id": "Patient/1", "gender": "male", "weight": 1.0}},
  "leaves": [
    {"rev": "4-b", "winner": true, "doc": {"name": "Ann", "gender": "female", "weight": 12345678901234567890.10}},
    {"rev": "4-c", "winner": false, "doc": {"name": "Anne", "gender": "male", "active": true, "weight": 1.0}}
  ],
  "members": [
    {"path": "/name", "way": "merge", "open": true, "ancestor": null, "values": ["Ann", "Anne"], "absent": ["ancestor"]},
    {"path": "/gender", "way": "merge", "open": false, "ancestor": "male", "values": ["female", "male"], "result": "female", "from": ["4-b"]},
    {"path": "/active", "way": "merge", "open": false, "ancestor": null, "values": [null, true], "result": true, "from": ["4-c"], "absent": ["ancestor", "4-b"]},
    {"path": "/weight", "way": "counter", "open": false, "ancestor": 1.0, "values": [12345678901234567890.10, 1.0], "result": 7.5, "from": []},
    {"path": "/gone", "way": "merge", "open": false, "ancestor": 1, "values": [null, 1], "removed": true, "from": ["4-b"], "absent": ["4-b"]}
  ],
  "proposal": {"policy": "2-5", "rule": "patients", "method": "merge", "complete": false,
    "doc": {"_id": "Patient/1", "name": "Ann", "gender": "female", "active": true, "weight": 7.5}}
}`;

const conflict = () => readConflict(TEXT);
const keys = (one) => one.options.map((option) => option.key);

test("different values are options, named by the versions that have them", () => {
  const [name, gender, active, weight, gone] = conflict().members;
  assert.deepEqual(keys(name), ["4-b", "4-c", "ancestor"]);
  assert.equal(name.options[2].value, undefined);
  assert.deepEqual(gender.options.map((option) => option.sources), [[0], [1, "ancestor"]]);
  assert.deepEqual(active.options[0].sources, [0, "ancestor"]);
  assert.deepEqual(keys(weight), ["4-b", "4-c", "result"]);
  assert.equal(gone.preset, "4-b");
});

test("without the content of an ancestor nothing is said to have been before", () => {
  const alone = readConflict(TEXT.replace('"rev": "3-a", "doc": {"_id": "Patient/1", "gender": "male", "weight": 1.0}', '"rev": "3-a"'));
  const [name, gender] = alone.members;
  assert.deepEqual(gender.options.map((option) => option.sources), [[0], [1], []]);
  assert.deepEqual(JSON.parse(requestOfChoices(alone, { "/name": keys(name)[2] }, "")).members, { "/name": { remove: true } });
});

test("what is proposed is chosen, what is open is not", () => {
  const choices = presets(conflict());
  assert.deepEqual(choices, { "/gender": "4-b", "/active": "4-c", "/weight": "result", "/gone": "4-b" });
  assert.deepEqual(undecided(conflict(), choices).map((one) => one.path), ["/name"]);
});

test("only what is not as proposed is sent, without losing digits", () => {
  const choices = { ...presets(conflict()), "/name": "ancestor", "/weight": "4-b", "/gender": "4-c" };
  const request = requestOfChoices(conflict(), choices, ' said "so" ');
  assert.deepEqual(JSON.parse(request), {
    leaves: ["4-b", "4-c"],
    members: { "/name": { remove: true }, "/weight": "4-b", "/gender": "4-c" },
    comment: 'said "so"',
  });
});

test("the result shows the choices, with all digits", () => {
  const { doc, hidden } = resultOf(conflict(), { ...presets(conflict()), "/name": "4-c", "/weight": "4-b" });
  const values = Object.fromEntries(doc.members.map((member) => [member.name, member.value.raw]));
  assert.equal(values.weight, "12345678901234567890.10");
  assert.equal(values.name, '"Anne"');
  assert.deepEqual(hidden, []);
});

test("an edited body is sent with the attachments of the result", () => {
  const result = readJson('{"_attachments": {"a.png": {"content_type": "image/png", "digest": "md5-x", "length": 3}}}');
  const request = JSON.parse(requestOfBody(conflict(), readJson('{"x": 1}'), result, ""));
  assert.deepEqual(request.doc, { _attachments: { "a.png": { stub: true, digest: "md5-x" } }, x: 1 });
  assert.deepEqual(JSON.parse(requestOfBody(conflict(), readJson("{}"), readJson("{}"), "")).doc, { _attachments: {} });
  assert.deepEqual(JSON.parse(requestOfLeaf(conflict(), "4-c", "")), { leaves: ["4-b", "4-c"], choose: "4-c" });
});
