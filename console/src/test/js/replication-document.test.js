import assert from "node:assert/strict";
import { test } from "node:test";
import { documentOf, EMPTY, faultsOf } from "../files/pages/overview/replication-document.js";

const GOOD = { ...EMPTY, source: "clinic", target: "https://district.example/clinic" };

test("a password goes into the auth member and not into the address", () => {
  const auth = { basic: { username: "ada", password: "p@ss:word" } };
  assert.deepEqual(documentOf({ ...GOOD, targetUser: "ada", targetPassword: "p@ss:word" }).target, { url: "https://district.example/clinic", auth });
  assert.deepEqual(documentOf({ ...GOOD, target: "https://ada:p%40ss%3Aword@district.example/clinic" }).target, { url: "https://district.example/clinic", auth });
});

test("what was typed beside the address counts more than what stands in it", () => {
  const { target } = documentOf({ ...GOOD, target: "https://old:one@district.example/clinic", targetUser: "ada", targetPassword: "new" });
  assert.deepEqual(target, { url: "https://district.example/clinic", auth: { basic: { username: "ada", password: "new" } } });
});

test("a database of this node has no login", () => {
  const document = documentOf({ ...GOOD, sourceUser: "left over", sourcePassword: "left over" });
  assert.equal(document.source, "clinic");
  assert.deepEqual(document.target, { url: "https://district.example/clinic" });
  assert.equal(document.continuous, true);
  assert.equal("create_target" in document, false);
});

test("only the chosen kind of selection is asked for", () => {
  const full = { ...GOOD, selector: '{"a":1}', filter: " rules/kind ", ids: "a\n\n b \na" };
  assert.deepEqual(documentOf({ ...full, choice: "selector" }).selector, { a: 1 });
  assert.equal(documentOf({ ...full, choice: "filter" }).filter, "rules/kind");
  assert.deepEqual(documentOf({ ...full, choice: "ids" }).doc_ids, ["a", "b"]);
  const all = documentOf({ ...full, choice: "all", create: true });
  assert.deepEqual(Object.keys(all), ["source", "target", "continuous", "create_target"]);
});

test("faults are found before the node is asked", () => {
  assert.deepEqual(faultsOf(GOOD), {});
  assert.deepEqual(faultsOf(EMPTY), { source: "missing", target: "missing" });
  assert.deepEqual(faultsOf({ ...GOOD, target: "clinic " }), { target: "same" });
  for (const target of ["https://", "https://district.example", "ftp://district.example/a", "http://[::/a"]) {
    assert.deepEqual(faultsOf({ ...GOOD, target }), { target: "address" }, target);
  }
  for (const selector of ["", "[]", "null", "{", "1"]) {
    assert.deepEqual(faultsOf({ ...GOOD, choice: "selector", selector }), { selector: "selector.wrong" }, selector);
  }
  for (const filter of ["", "rules", "a/b/c", "/kind"]) {
    assert.deepEqual(faultsOf({ ...GOOD, choice: "filter", filter }), { filter: "filter.wrong" }, filter);
  }
  assert.deepEqual(faultsOf({ ...GOOD, choice: "ids", ids: " \n" }), { ids: "missing" });
});
