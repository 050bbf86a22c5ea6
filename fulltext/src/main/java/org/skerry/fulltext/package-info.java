/**
 * Full-text indexes by Apache Lucene, in the node's process.
 *
 * <p>{@link org.skerry.fulltext.LuceneFullText} is what others see. Behind it:
 *
 * <ul>
 *   <li>{@code Shelf} keeps the indexes that are open: opened when first asked, at most so many,
 *       closed when nobody asked for a while. A node whose indexes nobody asks has no thread, no
 *       file and no memory of them.
 *   <li>{@code OpenIndex} is one of them: one writer, and searchers over what the writer last
 *       showed. {@code CatchUp} brings it to the end of its database's feed: reads changes in
 *       batches, lets the {@code Crew} run the index function and Lucene over each batch on all
 *       cores, and moves on. {@code Standing} is the position that it reached; it is part of
 *       Lucene's commit, so that documents and position are never apart. After a crash the index
 *       goes on from its last commit.
 *   <li>{@code QueryReader}, {@code Ordering} and {@code Facets} turn a request into Lucene's
 *       terms, {@code LuceneResults} turns the answer back.
 * </ul>
 *
 * <p>On disk: {@code fulltext/INCARNATION/SIGNATURE/}, below the data folder, holds Lucene's files
 * of one index, {@code INCARNATION/database} the database's name. Nothing here is worth a backup:
 * what is missing or unreadable is made anew.
 *
 * <p>Threads: Lucene writes files, and its writers do not survive an interrupt while they do; so
 * everything that writes or opens files runs on the crew's threads, which nobody interrupts. Those
 * who ask wait for them, and search on their own threads.
 */
@NullMarked
package org.skerry.fulltext;

import org.jspecify.annotations.NullMarked;
