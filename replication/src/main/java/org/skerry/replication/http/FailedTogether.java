package org.skerry.replication.http;

import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;

/**
 * Remembers documents with which a request for many failed: the first time that may be a matter of
 * the moment, the second time in a row it is one of them, and each is tried by itself. Requests
 * with others that go through meanwhile say nothing of these.
 *
 * <p>Any thread may call.
 */
final class FailedTogether {
  /** Volatile: found out by one thread and asked by several; found out twice it is the same. */
  private volatile Optional<DocId> first = Optional.empty();

  /** Whether those documents are some that failed before. */
  boolean knows(List<DocId> documents) {
    return first.filter(documents::contains).isPresent();
  }

  void failed(List<DocId> documents) {
    first = Optional.of(documents.getFirst());
  }

  void wentThrough(List<DocId> documents) {
    if (knows(documents)) {
      first = Optional.empty();
    }
  }
}
