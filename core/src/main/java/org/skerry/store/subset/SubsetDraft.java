package org.skerry.store.subset;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.ordered.OrderedView;

/**
 * What a store lends to {@link SubsetChanges} within one of its turns: the records of one database
 * as the turn so far left them. One thread.
 */
public interface SubsetDraft {
  /** A record, or null: asked for so often that an object an answer counts. */
  byte @Nullable [] find(byte[] key);

  /**
   * What is kept of a document's scope, or null. A record like any other, unless a store keeps it
   * with the document.
   */
  default byte @Nullable [] findScope(DocId id) {
    return find(SubsetKeys.scope(id));
  }

  /**
   * Puts a document's scope, or null for none.
   *
   * @param record shared: several documents may have the same
   */
  default void putScope(DocId id, byte @Nullable [] record) {
    byte[] key = SubsetKeys.scope(id);
    if (record == null) {
      delete(key);
    } else {
      put(key, record);
    }
  }

  void put(byte[] key, byte[] value);

  void delete(byte[] key);

  /** The records as they are on the disk. The caller's to close. */
  OrderedView before();

  /** Has something done once this turn is durable, before anybody hears of it. */
  void afterwards(Runnable action);

  /** What is remembered between turns. */
  KnownAudiences known();

  /** Gives out the feed's next position. */
  long nextSeq();

  /** A document as this turn so far left it. */
  Optional<Document> document(DocId id);

  /** Whether there is such a document, as this turn so far left it. */
  boolean exists(DocId id);

  /** Tells that a feed got a row, or lost one. */
  void advanced(int feed);

  /** A document at one moment. */
  interface Document {
    DocId id();

    /** The position of its last change. */
    long seq();

    /** Winner first; none when it does not exist. */
    List<Leaf> leaves();

    /** Whether a revision is known, as a leaf or an ancestor. */
    boolean knows(RevId rev);

    /** A revision that is known, with those of its ancestors that are at hand. */
    Optional<RevPath> path(RevId rev);
  }
}
