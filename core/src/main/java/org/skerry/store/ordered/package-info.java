/**
 * An ordered key-value store for what is derived from documents: indexes. Local to a node, never
 * replicated, and never the only place of anything: whoever loses it computes it again.
 *
 * <p>An {@link org.skerry.store.ordered.OrderedStore} is a node's collection of named {@link
 * org.skerry.store.ordered.OrderedSpace}s, each a sorted map of bytes. A space is changed by {@link
 * org.skerry.store.ordered.OrderedBatch}es, all or nothing, and read through {@link
 * org.skerry.store.ordered.OrderedView}s, each of one moment. {@link
 * org.skerry.store.ordered.MemoryOrderedStore} is the reference; every engine passes {@code
 * OrderedStoreContract} in this module's test-jar.
 *
 * <p>Durability is weaker than that of documents, and cheaper: no batch waits for the disk. After a
 * crash a space is as it was after one of its batches, perhaps not the last. An index therefore
 * keeps the position in its database's feed in the batch that brought it there, and goes on from
 * wherever it finds itself.
 *
 * <p>Any thread may call; a view and its cursors belong to one thread at a time.
 */
@NullMarked
package org.skerry.store.ordered;

import org.jspecify.annotations.NullMarked;
