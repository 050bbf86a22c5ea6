/**
 * Conflicts that are counted, listed, explained and settled: by policy where a rule exists, by a
 * person where it does not.
 *
 * <p>{@link org.skerry.conflict.Conflicts} is a node's: it follows each database's feed, keeps a
 * list of open conflicts and of settlements ({@code ConflictIndex}, derived and rebuilt at will),
 * and lets {@link org.skerry.conflict.Policy policies} settle what they can. {@link
 * org.skerry.conflict.Desk} is what a person does.
 *
 * <p>What decides is a pure function of the document's revisions and the policy: {@code Situation}
 * (what stands there) → {@code Lineage} (which leaves count) → {@code Proposer} → {@link
 * org.skerry.conflict.Proposal} → {@code Draft} (the revisions to write). So nodes that know the
 * same settle the same, with the same revisions.
 *
 * <p>A settlement is a revision on the winning branch, unless the winner says it already, and a
 * tombstone on each branch whose content is another. Such a tombstone keeps what it sets aside, and
 * a {@link org.skerry.conflict.Mark} that says by whom and into what: it travels with the document,
 * tells every node which edits a settlement contains, and makes undoing possible anywhere. The
 * winning leaf is never deleted, so that no combination of policies can delete a document.
 *
 * <p>The list's times are this node's and only shown. Any thread may use the public types.
 */
@NullMarked
package org.skerry.conflict;

import org.jspecify.annotations.NullMarked;
