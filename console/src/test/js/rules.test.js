import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyRule, rulesForForm, rulesFromForm } from "../files/core/conflict/rules.js";

const RULES = [
  { name: "patients", type: "Patient", method: "merge", members: {
    "/identifier": { identity: ["system", "value"] }, "/telecom": { identity: "system" }, "/address": "winner", "/meta": { latest: "/meta/lastUpdated" } } },
  { name: "readings", type: ["Observation", "DiagnosticReport"], method: "latest", member: "/meta/lastUpdated" },
  { name: "orders", selector: { type: "order" }, method: "site", member: "/site", order: ["hospital", "clinic-a"] },
  { name: "notes", selector: { type: "note" }, method: "function", function: "(a, b) => null" },
  { name: "rest", selector: {}, method: "manual" },
];

test("the form loses nothing of the rules", () => {
  assert.deepEqual(JSON.parse(rulesFromForm(rulesForForm(JSON.stringify(RULES)))), RULES);
});

test("selectors keep their digits", () => {
  const text = '[{"name": "a", "selector": {"n": 12345678901234567890.10}, "method": "winner"}]';
  assert.match(rulesFromForm(rulesForForm(text)), /12345678901234567890\.10/);
});

test("what the form cannot show is left to JSON", () => {
  for (const odd of ['[{"name": 1}]', '[{"name": "a", "other": 1}]', '[{"name": "a", "members": {"/x": {"odd": 1}}}]', '["a"]', '[{"name": "a", "order": ["x,y"]}]']) {
    assert.equal(rulesForForm(odd), null, odd);
  }
});

test("a new rule is one that the form can show", () => {
  assert.deepEqual(JSON.parse(rulesFromForm([{ ...emptyRule("new"), types: " A , B " }])), [{ name: "new", type: ["A", "B"], method: "merge" }]);
});
