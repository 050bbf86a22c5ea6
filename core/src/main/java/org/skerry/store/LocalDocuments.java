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

  /** What is to become of a document that is still as the writer saw it. */
  sealed interface LocalWrite {
    DocId id();

    /** The version that the writer saw; 0 for none. */
    long seen();

    /** The same for a document of another name. */
    LocalWrite as(DocId other);
  }

  /** It is written. */
  record Put(DocId id, long seen, Body body) implements LocalWrite {
    @Override
    public Put as(DocId other) {
      return new Put(other, seen, body);
    }
  }

  /** It is removed. */
  record Removal(DocId id, long seen) implements LocalWrite {
    @Override
    public Removal as(DocId other) {
      return new Removal(other, seen);
    }
  }

  Optional<LocalDocument> get(DocId id);

  /**
   * Writes and removes documents, each as if it came alone, one after the other; durable once for
   * all.
   *
   * @return of each, in their order, the new version, 0 for what was removed, or nothing when
   *     another version stands here
   */
  List<Optional<Long>> write(List<LocalWrite> writes);

  /**
   * Writes the document if it is still as the writer saw it.
   *
   * @param seen the version that the writer saw; 0 for none
   * @return the new version, or nothing when another version stands here
   */
  default Optional<Long> put(DocId id, long seen, Body body) {
    return write(List.of(new Put(id, seen, body))).getFirst();
  }

  /**
   * Removes the document if it is still as the writer saw it.
   *
   * @return whether it was
   */
  default boolean remove(DocId id, long seen) {
    return write(List.of(new Removal(id, seen))).getFirst().isPresent();
  }

  /** Documents in the order of their ids, from an id (excluded; nothing: from the first). */
  List<LocalDocument> list(Optional<DocId> after, int limit);
}
