/**
 * Indexes: rows that are derived from documents, kept in order, with reductions over any range of
 * them. They follow the feed of a database, which does not know them.
 *
 * <p>An {@link org.skerry.index.IndexDefinition} says what an index holds: one or more views, each
 * a sorted list of rows with its reductions, and the {@link org.skerry.index.Indexer} that makes
 * rows of documents. {@code Indexes} (one a node) opens the index of a definition in a database; an
 * {@code Index} catches up with the feed when somebody asks, and is read as of one moment.
 */
@NullMarked
package org.skerry.index;

import org.jspecify.annotations.NullMarked;
