/**
 * What the application did, transaction by transaction, as revisions: read from PostgreSQL's log by
 * logical decoding, or from an outbox that triggers fill where that is not allowed.
 *
 * <p>A {@code Unit} is one transaction of the application. Each row of it that says something else
 * than before becomes a revision that follows the one which the book says that the row showed, with
 * a name made of its content: where somebody else changed the document meanwhile, both stand beside
 * each other, a conflict as any other. Names are given first, and are durable; then all of the
 * unit's documents are written at once; then the book notes what the rows show, and how far capture
 * came, in one transaction; then PostgreSQL may forget its log. A unit that comes again after a
 * crash makes the same revisions, or is known to be behind.
 *
 * <p>Two rules keep capture and apply from losing edits to each other:
 *
 * <ul>
 *   <li>A transaction of this node's own begins with a {@linkplain
 *       org.skerry.postgres.capture.Marks mark}, and is passed over.
 *   <li>Apply writes only behind the {@linkplain org.skerry.postgres.capture.Gate gate}, when
 *       nothing of the rows that it writes waits to be captured.
 * </ul>
 *
 * <p>The first pass, and each after PostgreSQL lost its place in the log or the mapping changed,
 * reads all mapped rows in the snapshot at which the log's new place begins. What a row says and
 * its document says already is not written again, so that it can be broken off and begun anew.
 */
@NullMarked
package org.skerry.postgres.capture;

import org.jspecify.annotations.NullMarked;
