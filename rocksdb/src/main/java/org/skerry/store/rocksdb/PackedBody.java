package org.skerry.store.rocksdb;

/**
 * A body as it will be stored. Packing is done where the caller is, so that the writer's one thread
 * does not compress.
 *
 * @param record see {@link BodyRecord}
 * @param jsonBytes the body's length before compression
 */
record PackedBody(byte[] record, int jsonBytes) {}
