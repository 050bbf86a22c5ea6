/**
 * What full-text search promises to those who offer it: the words between an API and the module
 * that keeps the indexes, so that a node without that module is a node without search and nothing
 * else.
 *
 * <p>A design document's member {@code nouveau} defines indexes ({@link
 * org.skerry.search.IndexDefinition}). {@link org.skerry.search.FullText} answers {@link
 * org.skerry.search.SearchRequest}s over one of them with {@link org.skerry.search.SearchResults}.
 * The forms are those of CouchDB 3.5's Nouveau.
 *
 * <p>An index is derived: local to its node, never replicated, and made anew whenever it is lost.
 * An index that nobody asked yet does not exist; reading such a one without an update finds
 * nothing.
 */
@NullMarked
package org.skerry.search;

import org.jspecify.annotations.NullMarked;
