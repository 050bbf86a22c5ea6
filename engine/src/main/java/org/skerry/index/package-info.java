/**
 * Indexes: rows that are derived from documents, kept in order, with reductions over any range of
 * them. They follow the feed of a database, which does not know them.
 *
 * <p>An {@link org.skerry.index.IndexDefinition} says what an index holds: one or more views, each
 * a sorted list of rows with its reductions, and the {@link org.skerry.index.Indexer} that makes
 * rows of documents. {@link org.skerry.index.Indexes} (one a node) opens the index of a definition
 * in a database. An {@link org.skerry.index.Index} catches up with the feed when somebody asks
 * ({@code IndexBuild}: pages are read, mapped by workers, and written in batches with the position
 * behind them), and is read as of one moment: {@link org.skerry.index.IndexReading}, {@link
 * org.skerry.index.ViewReading}.
 *
 * <p>A view is a B+tree of {@link org.skerry.collation.CollatedKeys} ({@code Node} draws its bytes,
 * {@code TreeEdit} changes it, {@code Tree} reads it) in an ordered store. Inner nodes know of each
 * child how many rows it has and what every {@link org.skerry.index.Reduction} makes of them: so a
 * reduction over any range, an offset, or the row behind so many others cost the tree's height.
 *
 * <p>Invariants: a node under an id is never written over while anything refers to it; what refers
 * to nodes, what is known of each document's rows, and the position in the feed change in one batch
 * ({@code Moment}). So an index is always that of some state of the feed, whatever was cut short.
 * What is damaged is thrown away and built anew. A document that cannot be mapped is left out, and
 * stops nothing.
 *
 * <p>Threads: any may ask. Runs are made by platform threads of {@code Indexes}, one run an index
 * at a time; readers read where they are, from a snapshot.
 */
@NullMarked
package org.skerry.index;

import org.jspecify.annotations.NullMarked;
