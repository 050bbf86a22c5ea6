/**
 * What a storage engine must promise, at the level of documents and not of keys: merge these
 * revisions atomically per document, tell me what changed, let me resume the feed.
 *
 * <p>Start with {@link org.skerry.store.DocumentStore}, one database as an engine keeps it; a
 * {@link org.skerry.store.Store} is a node's collection of them. {@link
 * org.skerry.store.RevisionWrite} goes in, an {@link org.skerry.store.Outcome} comes back, {@link
 * org.skerry.store.StoredDocument}s are visited on the way out. {@link
 * org.skerry.store.MemoryStore} is the reference; every engine passes the contract suite ({@code
 * StoreContract} in this module's test-jar), with faults injected by {@code FaultyStore}.
 *
 * <p>A document can vanish from the feed in one way: its last leaf was purged. Whoever derives
 * something from the documents (indexes, copies) follows the {@link org.skerry.store.PurgeLog} as
 * well, in the order that it describes.
 *
 * <p>Calls block, come in batches, and are made from virtual threads. The merge of revision trees
 * is the pure function of {@code org.skerry.revision}; an engine decides only how it is made
 * atomic. Nothing here assumes a single order of all writes, a cheap transaction over many
 * documents, or one process.
 */
@NullMarked
package org.skerry.store;

import org.jspecify.annotations.NullMarked;
