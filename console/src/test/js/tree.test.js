import assert from "node:assert/strict";
import { test } from "node:test";
import { layOut, readTree } from "../files/core/tree.js";

/** A leaf by the hashes of its branch, newest first. */
const leaf = (start, ids, deleted = false) => ({
  _rev: `${start}-${ids[0]}`,
  _revisions: { start, ids },
  ...(deleted && { _deleted: true }),
});

const chain = (length, prefix) => Array.from({ length }, (none, i) => `${prefix}${length - i}`);

test("the winner is live before deleted, then longest, then greatest", () => {
  const live = readTree([leaf(2, ["b", "r"]), leaf(3, ["z", "y", "r"], true), leaf(2, ["c", "r"])]);
  assert.equal(live.winner.rev, "2-c");
  assert.equal(live.conflicts, 1);
  assert.deepEqual(live.leaves.map((one) => one.rev), ["2-c", "2-b", "3-z"]);
  assert.deepEqual(live.leaves.map((one) => one.conflict), [false, true, false]);
  assert.equal(live.revisions.get("1-r").children.length, 3);
});

test("every revision has a row, and every line leads from a child to its parent", () => {
  const tree = readTree([leaf(4, ["d", "c", "b", "a"]), leaf(3, ["x", "b", "a"]), leaf(2, ["q", "p"])]);
  const { rows, lines, lanes } = layOut(tree);
  assert.equal(lanes, 3);
  assert.equal(rows.length, tree.revisions.size);
  assert.equal(rows[0].revision.rev, "4-d");
  // All but the two roots have a parent.
  assert.equal(lines.length, tree.revisions.size - 2);
  for (const { from, to } of lines) {
    assert(to.row > from.row, `${from.row} to ${to.row}`);
    assert.equal(rows[from.row].revision.parent, rows[to.row].revision.rev);
    assert(to.lane <= from.lane);
  }
});

test("long stretches are folded, and unfolded when asked", () => {
  const trunk = chain(100, "t");
  const tree = readTree([leaf(100, trunk), leaf(51, ["x", ...trunk.slice(50)])]);
  const folded = layOut(tree);
  assert(folded.rows.length < 30, String(folded.rows.length));
  const hidden = folded.rows.filter((row) => row.folded).flatMap((row) => row.folded);
  assert.equal(folded.rows.filter((row) => row.revision).length + hidden.length, tree.revisions.size);
  for (const wanted of ["100-t100", "51-x", "51-t51", "50-t50", "1-t1"]) {
    assert(folded.rows.some((row) => row.revision?.rev === wanted), wanted);
  }
  const first = folded.rows.find((row) => row.folded).folded;
  const open = layOut(tree, new Set([first[0].rev]));
  assert.equal(open.rows.length, folded.rows.length - 1 + first.length);
});

test("a stemmed branch begins where its revisions are known", () => {
  const tree = readTree([leaf(1000, ["c", "b", "a"])]);
  const { rows, lines } = layOut(tree);
  assert.deepEqual(rows.map((row) => row.revision.generation), [1000, 999, 998]);
  assert.equal(lines.length, 2);
});
