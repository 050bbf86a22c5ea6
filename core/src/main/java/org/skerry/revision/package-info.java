/**
 * Revision trees as values: what a document's history is, how two histories meet, and which
 * revision wins.
 *
 * <p>Start with {@link org.skerry.revision.RevId}, then {@link org.skerry.revision.RevTree}. A tree
 * is a grow-only set of facts "this revision has that parent"; merging is set union, so it is
 * commutative, associative and idempotent whatever the order of arrival. {@link
 * org.skerry.revision.RevTree#leaves() Leaves} are the revisions nobody followed; the winner is
 * chosen from the leaves alone. {@link org.skerry.revision.RevPath} is a branch on its way between
 * replicas, {@link org.skerry.revision.RevTreeCodec} the form on disk.
 *
 * <p>Nothing here does I/O, reads a clock or keeps state; every type is immutable and may be shared
 * between threads.
 */
@NullMarked
package org.skerry.revision;

import org.jspecify.annotations.NullMarked;
