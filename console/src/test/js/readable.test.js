import assert from "node:assert/strict";
import { test } from "node:test";
import { besideIn, besideOf } from "../files/core/conflict/beside.js";
import { inWords, readable } from "../files/core/conflict/readable.js";
import { plain } from "../files/core/json/plain.js";
import { readJson } from "../files/core/json/read.js";

const words = (text) => inWords(plain(readJson(text)));
const rows = (text) => Object.fromEntries(readable(readJson(text)).map((row) => [row.name, row.lines]));

test("a patient reads as a patient", () => {
  const patient = `{"_id": "Patient/1", "resourceType": "Patient", "meta": {"versionId": "3"}, "gender": "female", "birthDate": "1984-03-02",
    "name": [{"given": ["Ann", "Mary"], "family": "Okafor"}], "identifier": [{"system": "urn:mrn", "value": "12"}],
    "address": [{"line": ["3 Hill Road"], "postalCode": "100", "city": "Lagos"}], "telecom": [{"system": "phone", "value": "555"}]}`;
  const read = rows(patient);
  assert.deepEqual(Object.keys(read).slice(0, 3), ["name", "birthDate", "gender"]);
  assert.deepEqual(read.name, ["Ann Mary Okafor"]);
  assert.deepEqual(read.identifier, ["12 (urn:mrn)"]);
  assert.deepEqual(read.address, ["3 Hill Road, 100 Lagos"]);
  assert.deepEqual(read.telecom, ["phone: 555"]);
  assert.deepEqual(read.meta, ["versionId: 3"]);
});

test("an observation reads as a value with its unit", () => {
  const read = readable(readJson(`{"resourceType": "Observation", "effectiveDateTime": "2026-11-26T08:00:00Z",
    "valueQuantity": {"value": 61.50, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"},
    "code": {"text": "Body weight", "coding": [{"system": "http://loinc.org", "code": "29463-7", "display": "Body weight"}]}}`));
  assert.deepEqual(read.map((row) => row.group), ["code", "value", "effective"]);
  assert.deepEqual(read.map((row) => row.lines[0]), ["Body weight [Body weight (29463-7)]", "61.50 kg", "2026-11-26T08:00:00Z"]);
});

test("what a type does not know is said too", () => {
  assert.deepEqual(words('{"given": ["A"], "use": "old"}'), ["A (use: old)"]);
  assert.deepEqual(words('{"x": {"y": [1, 2]}, "z": null}'), ["x: y: 1, 2; z: null"]);
  assert.deepEqual(words('[{"reference": "Patient/1", "display": "Ann"}, true, 12345678901234567890]'), ["Ann (Patient/1)", "true", "12345678901234567890"]);
});

test("any JSON is said, however odd for its type", () => {
  for (const odd of ['{"coding": 1}', '{"line": null}', '{"given": {"a": 1}}', '{"text": {}}', "{}", "[]", '{"start": 1}', '{"value": {}, "unit": []}', '{"name": null}']) {
    assert.ok(Array.isArray(words(odd)), odd);
    assert.ok(Array.isArray(readable(readJson(`{"a": ${odd}}`))), odd);
  }
});

const BESIDE = (hex, size) =>
  `{"extension":[{"url":"http://skerry.org/fhir/StructureDefinition/attached-data","valueAttachment":{"url":"DocumentReference/1/$attachment/data-${hex}",
    "size":${size},"hash":"a+b="}}]}`;

test("data that are kept beside a resource are told by size and hash", () => {
  const attachment = `{"contentType":"application/pdf","_data":${BESIDE("0".repeat(40), 8000)},"title":"Letter"}`;
  assert.deepEqual(words(attachment), ["contentType: application/pdf; _data: 8000 B (a+b=); title: Letter"]);
  assert.deepEqual(words('{"extension":[{"url":"http://other.example","valueString":"x"}]}'), ["extension: url: http://other.example; valueString: x"]);
});

test("data that are kept beside a resource are found wherever they stand in it", () => {
  const first = "0".repeat(40);
  const second = "a1".repeat(20);
  const content = `[{"attachment":{"contentType":"application/pdf","_data":${BESIDE(first, 8000)},"title":"Letter"}},
    {"attachment":{"_data":${BESIDE(second, 9)}}}, {"attachment":{"contentType":"text/plain","data":"QQ=="}}]`;
  assert.deepEqual(besideIn(plain(readJson(content))), [
    { name: `data-${first}`, type: "application/pdf", title: "Letter", length: 8000 },
    { name: `data-${second}`, type: "", title: "", length: 9 },
  ]);
  assert.equal(besideOf(plain(readJson(BESIDE(first, 1))).get("extension")[0]).length, 1);
});

test("what only looks like such data is none", () => {
  for (const odd of ["null", "[]", "1", '{"url":"http://skerry.org/fhir/StructureDefinition/attached-data"}', BESIDE("zz", 1)]) {
    assert.deepEqual(besideIn(plain(readJson(`[${odd}]`))), [], odd);
  }
});

test("attachments are told by name, type and size", () => {
  const doc = readJson('{"_attachments":{"scan.png":{"content_type":"image/png","digest":"md5-x","length":70}}}');
  assert.deepEqual(
    readable(doc).map((row) => row.lines),
    [["scan.png: image/png, 70 B"]],
  );
});
