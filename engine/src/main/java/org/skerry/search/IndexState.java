package org.skerry.search;

/**
 * What an index holds.
 *
 * @param documents how many documents it finds
 * @param bytes what it takes on disk
 * @param updateSeq how many changes of its database it has seen
 * @param purgeSeq how many purges of its database it has seen
 */
public record IndexState(long documents, long bytes, long updateSeq, long purgeSeq) {
  /** One that was never asked. */
  public static final IndexState NONE = new IndexState(0, 0, 0, 0);
}
