package org.skerry.replication;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.replication.peer.MissingRevisions;

/**
 * Documents of which something is read and not written yet. At a site that may be the word that a
 * revision has to leave: so what the site has of such a document says nothing about what it will
 * have, and all of it is asked for once more. The reading and the writing thread use it.
 */
final class OnTheWay {
  /** By the position behind them. Guarded by this. */
  private final Map<String, Set<DocId>> pages = new LinkedHashMap<>();

  synchronized void left(String reached, List<MissingRevisions> missing) {
    if (!missing.isEmpty()) {
      Set<DocId> page = pages.computeIfAbsent(reached, first -> new HashSet<>());
      missing.forEach(one -> page.add(one.id()));
    }
  }

  synchronized boolean has(DocId id) {
    return pages.values().stream().anyMatch(page -> page.contains(id));
  }

  /** Everything up to a position is written. */
  synchronized void arrived(String reached) {
    pages.remove(reached);
  }
}
