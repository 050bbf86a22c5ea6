/**
 * Fingerprints: whether two databases, or a centre and its site, hold the same, found out in one
 * exchange; and if not, which documents differ, in steps that grow with the logarithm of their
 * number.
 *
 * <p>Each document has a place, a hash of its id, and a hash of its leaves. A {@link
 * org.skerry.fingerprint.Fingerprint} is the sum of those hashes over a {@link
 * org.skerry.fingerprint.PlaceRange} of places; {@link org.skerry.fingerprint.Fingerprints} reads
 * it from an index at the cost of the index's height, whatever the range holds. {@link
 * org.skerry.fingerprint.Comparison} parts the ranges that differ between two {@link
 * org.skerry.fingerprint.Side}s until it knows the documents.
 *
 * <p>What counts: documents with a live leaf, with all their leaves. Documents that are deleted
 * count as absent, since a site may keep a tombstone of what left it; design documents do not
 * count, since each node has its own. A subset counts as what it is at the centre, without the
 * echoes that devices of other kinds are told.
 */
@NullMarked
package org.skerry.fingerprint;

import org.jspecify.annotations.NullMarked;
