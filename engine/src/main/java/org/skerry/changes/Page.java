package org.skerry.changes;

import org.skerry.store.Seq;

/**
 * What a reading of the feed came to.
 *
 * @param lastSeq where to resume: everything up to here was looked at, whether it passed the filter
 *     or not. After a descending reading, the last position looked at
 * @param rows how many rows the sink took
 */
public record Page(Seq lastSeq, int rows) {}
