import assert from "node:assert/strict";
import { test } from "node:test";
import { usefulFields } from "../files/pages/search/useful-fields.js";

test("fields with one value come before one with a range", () => {
  assert.deepEqual(usefulFields({ birthDate: { $gte: "1980" }, resourceType: "Patient" }), ["resourceType", "birthDate"]);
  assert.deepEqual(usefulFields({ $and: [{ a: { $gt: 1 } }, { b: { $lt: 2 } }, { c: null }] }), ["c", "a"]);
});

test("what no index helps is left out", () => {
  assert.deepEqual(usefulFields({ a: { $exists: false }, $or: [{ b: 1 }], _id: "x" }), []);
  assert.deepEqual(usefulFields({}), []);
});
