package org.skerry.store.rocksdb;

/**
 * What sites get of one document, as package {@code store.subset} writes it down. It stands in the
 * document's head, so that a write finds it where it looks in any case, and puts no record more. Of
 * a document that is no more, it stands alone; so do those that older programs wrote, until their
 * document changes.
 *
 * @param bytes shared: do not change
 */
record ScopeBytes(byte[] bytes) {}
