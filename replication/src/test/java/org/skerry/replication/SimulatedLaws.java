package org.skerry.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.changes.SinceTokens;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/**
 * What must hold after every event, looked up on the disks: on those that were written since the
 * law was last found to hold.
 */
final class SimulatedLaws {
  /** What each node has acknowledged. */
  private final Map<SimulatedNode, Set<RevisionRef>> acknowledged = new LinkedHashMap<>();

  /** What had been written to a node's disk when it was last found to have all of that. */
  private final Map<SimulatedNode, Long> complete = new HashMap<>();

  /** What had been written to both ends' disks when a link was last found not to be ahead. */
  private final Map<SimulatedLink, Ends> covered = new HashMap<>();

  private record Ends(long source, long target) {}

  SimulatedLaws(List<SimulatedNode> nodes) {
    nodes.forEach(node -> acknowledged.put(node, new HashSet<>()));
  }

  void acknowledged(SimulatedNode node, DocId id, RevId rev) {
    acknowledged.get(node).add(new RevisionRef(id, rev));
    complete.remove(node);
  }

  /**
   * Somebody deletes a node's database on purpose: what nobody else has is gone, and rightly so.
   */
  void forgets(SimulatedNode node) {
    acknowledged.get(node).clear();
  }

  /** Everything that some node has acknowledged and still vouches for. */
  Set<RevisionRef> all() {
    Set<RevisionRef> all = new HashSet<>();
    acknowledged.values().forEach(all::addAll);
    return all;
  }

  /** Law 1: a node has what it acknowledged. */
  void checkNothingIsLost(SimulatedNode node) {
    long writes = node.writes();
    if (complete.getOrDefault(node, -1L) != writes) {
      checkHas(node, acknowledged.get(node));
      complete.put(node, writes);
    }
  }

  void checkHas(SimulatedNode node, Set<RevisionRef> revisions) {
    Map<DocId, Optional<RevTree>> trees = new HashMap<>();
    for (RevisionRef one : revisions) {
      Optional<RevTree> tree =
          trees.computeIfAbsent(one.id(), id -> node.document(id).flatMap(StoredDocument::tree));
      if (!tree.map(found -> found.contains(one.rev())).orElse(false)) {
        throw new AssertionError(node.name() + " lost " + one);
      }
    }
  }

  /**
   * Law 2: where a replication would begin, and what its target believes, is not ahead of what the
   * target has. A document stands in the feed at its last change, so all of its leaves are to be
   * there.
   */
  void checkCheckpoint(SimulatedLink link) {
    Ends ends = new Ends(link.source().writes(), link.target().writes());
    if (ends.equals(covered.get(link))) {
      return;
    }
    Optional<Checkpoint> atTarget = link.checkpoint(link.target());
    Optional<Checkpoint> atSource = link.checkpoint(link.source());
    String start = Checkpoint.commonStart(atSource, atTarget);
    checkCovered(link, start);
    atTarget
        .map(Checkpoint::sourceLastSeq)
        .filter(seq -> !seq.equals(start))
        .ifPresent(seq -> checkCovered(link, seq));
    covered.put(link, ends);
  }

  private static void checkCovered(SimulatedLink link, String seq) {
    Optional<DocumentStore> source = link.source().onDisk();
    if (source.isEmpty() || link.target().onDisk().isEmpty()) {
      return;
    }
    long upTo = new SinceTokens(source.get()).parse(seq).number();
    List<StoredDocument> covered = new ArrayList<>();
    if (upTo > 0) {
      source
          .get()
          .changes(
              ChangeRange.after(Seq.ZERO, Integer.MAX_VALUE),
              Fields.LEAVES,
              document -> {
                boolean within = document.seq().number() <= upTo;
                if (within) {
                  covered.add(document);
                }
                return within;
              });
    }
    for (StoredDocument document : covered) {
      Optional<RevTree> tree = link.target().document(document.id()).flatMap(StoredDocument::tree);
      boolean all =
          document.leaves().stream()
              .allMatch(leaf -> tree.map(found -> found.contains(leaf.rev())).orElse(false));
      if (!all) {
        throw new AssertionError(
            "the checkpoint of " + link + " is at " + seq + ", but the target lacks " + document);
      }
    }
  }
}
