import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, nameOf, newPatient, read, sourceOf, write } from "../clinic/core/patient.js";

const known = {
  _id: "Patient/1",
  _rev: "1-a",
  resourceType: "Patient",
  meta: { profile: ["p"] },
  name: [{ use: "maiden", family: "Ward" }, { use: "official", family: "Okafor", given: ["Grace", "Ann"] }],
  telecom: [{ system: "email", value: "g@x.example" }, { system: "phone", value: "555" }],
  address: [{ line: ["1 Road"], city: "Kingston" }],
  birthDate: "1984-03",
};

test("a patient is read for people", () => {
  assert.deepEqual(read(known), { given: "Grace Ann", family: "Okafor", birthDate: "1984-03", gender: "", phone: "555", city: "Kingston" });
  assert.equal(nameOf(known), "Grace Ann Okafor");
});

test("what nobody changed stays as it is", () => {
  const next = write(known, read(known), "tablet");
  assert.deepEqual({ ...next, meta: known.meta }, known);
  assert.deepEqual(next.meta.profile, ["p"]);
  assert.equal(sourceOf(next), "tablet");
});

test("a change reaches its member alone, and the given document is not touched", () => {
  const before = structuredClone(known);
  const next = write(known, { ...read(known), phone: " 556 ", city: "" }, "centre");
  assert.deepEqual(known, before);
  assert.deepEqual(next.telecom, [known.telecom[0], { system: "phone", value: "556" }]);
  assert.deepEqual(next.address, [{ line: ["1 Road"] }]);
  assert.deepEqual(next.name, known.name);
});

test("a new patient is read as it was given, with an id of its own", () => {
  const fields = { given: "Nora Maj", family: "Lindqvist", birthDate: "1999-12-31", gender: "female", phone: "1", city: "Lucea" };
  const made = newPatient(fields, "tablet");
  assert.deepEqual(read(made), fields);
  assert.match(made._id, /^Patient\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newPatient(fields, "tablet")._id, made._id);
  assert.deepEqual(made.name[0].given, ["Nora", "Maj"]);
});

test("whatever stands in a document, it is read", () => {
  for (const odd of [null, 7, "x", [], {}, [null], [7], [{ given: 7, family: [] }], [{ given: [null, {}] }]]) {
    const doc = { _id: "Patient/odd", name: odd, telecom: odd, address: odd, birthDate: odd, gender: odd, meta: odd };
    assert.equal(typeof nameOf(doc), "string");
    assert.equal(sourceOf(doc), "");
    assert.equal(read(write(doc, { ...read(doc), city: "Lucea" }, "tablet")).city, "Lucea");
  }
});

test("who was changed last comes first, then who is in conflict, then by name", () => {
  const record = (id, conflicts = [], at) => ({ doc: { _id: id, ...(at && { meta: { lastUpdated: at } }) }, conflicts });
  const all = [record("b"), record("a"), record("c", ["1-x"]), record("d", [], "2026-01-01T00:00:00Z"), record("e", [], "2026-01-02T00:00:00Z")];
  assert.deepEqual(inOrder(all, "en").map(({ doc }) => doc._id), ["e", "d", "c", "a", "b"]);
});
