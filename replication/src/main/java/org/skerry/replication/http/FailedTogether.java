package org.skerry.replication.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.skerry.document.DocId;

/**
 * Remembers documents with which requests for many failed: the first time that may be a matter of
 * the moment, the second time in a row it is one of them, and each is tried by itself. Requests
 * with others that go through, or fail, meanwhile say nothing of these.
 *
 * <p>Any thread may call.
 */
final class FailedTogether {
  /** More requests at a time than a peer fails over that does not fail altogether. */
  private static final int MOST = 20;

  /** The first of each request, oldest first. Guarded by this. */
  private final Set<DocId> firsts = new LinkedHashSet<>();

  /** Whether they are one, or some of them failed before. */
  synchronized boolean knows(List<DocId> documents) {
    return documents.size() == 1
        || !firsts.isEmpty() && documents.stream().anyMatch(firsts::contains);
  }

  synchronized void failed(List<DocId> documents) {
    boolean news = firsts.add(documents.getFirst());
    if (news && firsts.size() > MOST) {
      firsts.remove(firsts.iterator().next());
    }
  }

  synchronized void wentThrough(List<DocId> documents) {
    if (!firsts.isEmpty()) {
      documents.forEach(firsts::remove);
    }
  }
}
