package org.skerry.store;

import java.util.List;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.document.DocId;

/**
 * Documents {@code _local/…}: no tree, no change in the feed, never replicated. Replications keep
 * their checkpoints here. Any thread; durable on return.
 */
public interface LocalDocuments {
  /** A local document; its revision is {@code 0-version}. */
  record LocalDocument(DocId id, long version, Body body) {}

  Optional<LocalDocument> get(DocId id);

  /**
   * Writes the document if it is still as the writer saw it.
   *
   * @param seen the version that the writer saw; 0 for none
   * @return the new version, or nothing when another version stands here
   */
  Optional<Long> put(DocId id, long seen, Body body);

  /**
   * Removes the document if it is still as the writer saw it.
   *
   * @return whether it was
   */
  boolean remove(DocId id, long seen);

  /** Documents in the order of their ids, from an id (excluded; nothing: from the first). */
  List<LocalDocument> list(Optional<DocId> after, int limit);
}
