/**
 * Atom feeds of what changed, for those who read a server's changes page by page.
 *
 * <p>A feed has a category, which is its name in URLs, and speaks for the documents of one database
 * that a selector matches: a {@link org.skerry.atom.FeedDefinition}, a document of the database
 * {@code _feeds}. {@link org.skerry.atom.Feeds} is a node's; {@link org.skerry.atom.FeedRoutes}
 * shows them.
 *
 * <p>A published page never changes except by growing at its end: readers keep the address of a
 * page and the id of an entry, and go on behind it years later. So an {@code Event} is a document
 * of the append-only database {@code _feed_events}, durable before anybody sees it, whose id is its
 * place: category, page, position ({@code EventLog}). The page size decides only where the next
 * event goes, and may change.
 *
 * <p>Events are made when somebody reads a feed ({@code Numbering}): the database's changes behind
 * the last look, in their order. Several changes of one document between two looks are one event.
 * What a feed has said of each document ({@code Published}) is derived from its events, as is its
 * position in the changes; whoever loses them reads everything again, and nothing is told twice,
 * because a document's revision that was told last is not told again.
 *
 * <p>Threads: any may read; one numbers a category's events at a time. A node without feeds has
 * nothing of this but its routes.
 */
@NullMarked
package org.skerry.atom;

import org.jspecify.annotations.NullMarked;
