import assert from "node:assert/strict";
import { test } from "node:test";
import { diffLines } from "../files/core/diff.js";

const side = (lines, kind) =>
  lines.filter((line) => line.kind === "same" || line.kind === kind).map((line) => line.text).join("\n");

test("each side can be read from the differences", () => {
  let seed = 11;
  const next = (bound) => {
    seed = (seed * 48271) % 2147483647;
    return seed % bound;
  };
  const text = () => Array.from({ length: next(12) }, () => "abcd"[next(4)]).join("\n");
  for (let i = 0; i < 2_000; i += 1) {
    const [left, right] = [text(), text()];
    const lines = diffLines(left, right);
    assert.equal(side(lines, "left"), left);
    assert.equal(side(lines, "right"), right);
  }
});

test("only what differs is marked", () => {
  const lines = diffLines("a\nb\nc", "a\nx\nc");
  assert.deepEqual(lines.map((line) => line.kind), ["same", "left", "right", "same"]);
});

test("texts too long to compare are still whole", () => {
  const left = Array.from({ length: 3000 }, (none, i) => `l${i}`).join("\n");
  const right = Array.from({ length: 3000 }, (none, i) => `r${i}`).join("\n");
  const lines = diffLines(`same\n${left}`, `same\n${right}`);
  assert.equal(side(lines, "left"), `same\n${left}`);
  assert.equal(lines[0].kind, "same");
});
