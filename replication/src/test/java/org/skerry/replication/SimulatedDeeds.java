package org.skerry.replication;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;

/** What was done on purpose while a story was told, and what must have become of it at its end. */
final class SimulatedDeeds {
  private final Map<SimulatedNode, Set<RevisionRef>> acknowledged = new LinkedHashMap<>();
  private final Set<DocId> deleted = new HashSet<>();

  /** Somebody is about to delete a document. */
  void deletes(DocId id) {
    deleted.add(id);
  }

  /** Somebody was told that this is written. */
  void wrote(SimulatedNode node, RevisionRef revision) {
    acknowledged.computeIfAbsent(node, first -> new LinkedHashSet<>()).add(revision);
  }

  /** What was written there, and was nowhere else, is gone. */
  void forget(SimulatedNode node) {
    acknowledged.remove(node);
  }

  /** What somebody was told is written is somewhere: at the top, or where it was refused. */
  void nothingIsLost(List<SimulatedNode> nodes) {
    acknowledged.forEach(
        (node, written) -> {
          for (RevisionRef one : written) {
            if (nodes.stream().noneMatch(any -> SubsetView.has(any, one))) {
              throw new AssertionError(one + ", which " + node.name() + " wrote, is lost");
            }
          }
        });
  }

  void nothingWasDeletedByMoves(SimulatedNode top) {
    top.database()
        .store()
        .scan(
            DocRange.ALL,
            Fields.LEAVES,
            document -> {
              if (document.deleted() && !deleted.contains(document.id())) {
                throw new AssertionError("nobody deleted " + document);
              }
              return true;
            });
  }
}
