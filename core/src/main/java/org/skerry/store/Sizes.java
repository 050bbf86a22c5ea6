package org.skerry.store;

/**
 * Bytes, as exactly as the engine knows without counting.
 *
 * @param file what the database takes on disk
 * @param external bodies and attachments before compression
 * @param active what would stay after compaction
 * @param superseded how many bodies compaction would look at
 */
public record Sizes(long file, long external, long active, long superseded) {}
