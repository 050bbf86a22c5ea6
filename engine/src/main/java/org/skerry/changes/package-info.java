/**
 * Feeds of changes: since, filters, waiting.
 *
 * <p>A {@link org.skerry.changes.ChangesFeed} stands over one database's store. It {@linkplain
 * org.skerry.changes.ChangesFeed#read reads} what changed behind a position, as a {@link
 * org.skerry.changes.ChangesRequest} describes it, into a {@link org.skerry.changes.ChangeSink};
 * and it {@linkplain org.skerry.changes.ChangesFeed#await waits} until something did. A live feed
 * is the two in turn. {@link org.skerry.changes.SinceTokens} turns positions into the texts that
 * clients keep, and back.
 *
 * <p>A feed never skips: whoever resumes from a position that a page or a row gave sees every later
 * change at least once, also when a filter passes over most of them, and when the position is of
 * another life of the database (then from the start).
 *
 * <p>Threads: readers bring their own, usually virtual ones, and wait on them. The store's hints
 * only start a short-lived virtual thread that wakes those whose position was passed.
 */
@NullMarked
package org.skerry.changes;

import org.jspecify.annotations.NullMarked;
