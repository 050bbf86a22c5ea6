// A document's revision tree, from what the node tells of its leaves (open_revs=all, revs=true), and where each revision stands in a picture
// of it. Nothing is drawn here: pages/history/tree-picture.js does that.
//
// The picture has a row for each revision, the newest generation on top, and a lane for each leaf: the winner's first, then conflicts, then
// tombstones. A revision stands in the lane of its first child. Long stretches without a branch are folded into one row.

/** Rows up to which nothing is folded, and how many neighbours of a leaf or a branch then stay. */
const WHOLE = 40;
const NEIGHBOURS = 2;

/** Winner: not deleted before deleted, then the longest history, then the greatest hash. */
function byRank(a, b) {
  return Number(a.deleted) - Number(b.deleted) || b.generation - a.generation || (a.hash < b.hash ? 1 : -1);
}

/** @param leaves documents with _rev, _revisions and perhaps _deleted */
export function readTree(leaves) {
  const revisions = new Map();
  const leafOf = leaves.map((doc) => {
    const { start, ids } = doc._revisions;
    ids.forEach((hash, i) => {
      const rev = `${start - i}-${hash}`;
      const parent = i + 1 < ids.length ? `${start - i - 1}-${ids[i + 1]}` : null;
      const known = revisions.get(rev) ?? { rev, generation: start - i, hash, parent: null, children: [], leaf: false, deleted: false };
      known.parent ??= parent;
      revisions.set(rev, known);
    });
    return Object.assign(revisions.get(doc._rev), { leaf: true, deleted: doc._deleted === true });
  });
  for (const revision of revisions.values()) {
    revisions.get(revision.parent)?.children.push(revision.rev);
  }
  leafOf.sort(byRank);
  const live = leafOf.filter((leaf) => !leaf.deleted);
  leafOf.forEach((leaf, lane) => {
    leaf.winner = lane === 0;
    leaf.conflict = lane > 0 && !leaf.deleted;
    for (let one = leaf; one && one.lane === undefined; one = revisions.get(one.parent)) {
      one.lane = lane;
    }
  });
  return { revisions, leaves: leafOf, winner: leafOf[0], conflicts: Math.max(0, live.length - 1) };
}

/** Rows of the picture, from the top: { revision } or { folded: [revisions] }, each with its lane, and what stands below it. */
export function layOut(tree, unfolded = new Set()) {
  const all = [...tree.revisions.values()].sort((a, b) => b.generation - a.generation || a.lane - b.lane);
  const folds = all.length > WHOLE ? foldsOf(tree) : new Map();
  const rows = [];
  const rowOf = new Map();
  for (const revision of all) {
    const fold = folds.get(revision.rev);
    if (!fold || unfolded.has(fold[0].rev)) {
      rowOf.set(revision.rev, rows.length);
      rows.push({ revision, lane: revision.lane });
    } else if (fold[0] === revision) {
      fold.forEach((one) => rowOf.set(one.rev, rows.length));
      rows.push({ folded: fold, lane: revision.lane });
    }
  }
  const lines = [];
  for (const [row, { revision, folded, lane }] of rows.entries()) {
    const last = revision ?? folded.at(-1);
    const parent = tree.revisions.get(last.parent);
    if (parent) {
      lines.push({ from: { row, lane }, to: { row: rowOf.get(parent.rev), lane: parent.lane }, folded: Boolean(folded) });
    }
  }
  return { rows, lines, lanes: tree.leaves.length };
}

/** Stretches of three and more revisions that are far enough from anything that matters, newest first, by each of their revisions. */
function foldsOf(tree) {
  const near = new Set();
  for (const revision of tree.revisions.values()) {
    if (revision.leaf || revision.children.length > 1 || !revision.parent) {
      markNear(tree, revision, near);
    }
  }
  const folds = new Map();
  for (const leaf of tree.leaves) {
    let stretch = [];
    const end = () => {
      if (stretch.length > 2) {
        const fold = stretch;
        fold.forEach((one) => folds.set(one.rev, fold));
      }
      stretch = [];
    };
    for (let one = leaf; one && one.lane === leaf.lane; one = tree.revisions.get(one.parent)) {
      if (near.has(one.rev)) {
        end();
      } else {
        stretch.push(one);
      }
    }
    end();
  }
  return folds;
}

function markNear(tree, revision, near) {
  let up = revision;
  for (let i = 0; up && i <= NEIGHBOURS; i += 1) {
    near.add(up.rev);
    up = tree.revisions.get(up.parent);
  }
  let down = [revision];
  for (let i = 0; i < NEIGHBOURS; i += 1) {
    down = down.flatMap((one) => one.children.map((rev) => tree.revisions.get(rev)));
    down.forEach((one) => near.add(one.rev));
  }
}
