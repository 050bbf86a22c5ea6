package org.skerry.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.store.Fields.Bodies;

/**
 * A document as the reference engine keeps it: a value, so that whoever got it reads one moment.
 *
 * @param seq position of its last change; 0 for one that does not exist
 * @param contents of every leaf, and of superseded revisions that compaction did not remove yet
 */
record MemoryDocument(DocId id, long seq, RevTree tree, Map<RevId, Content> contents) {
  /** What a revision says. */
  record Content(Body body, List<AttachmentRef> attachments) {
    Content {
      attachments = List.copyOf(attachments);
    }
  }

  MemoryDocument {
    contents = Map.copyOf(contents);
  }

  static MemoryDocument absent(DocId id) {
    return new MemoryDocument(id, 0, RevTree.empty(), Map.of());
  }

  boolean exists() {
    return !tree.isEmpty();
  }

  /**
   * With another tree, and the content of the revision that it brought; a revision that was here
   * stays as it was. Content of revisions that the tree lost goes.
   */
  MemoryDocument with(long newSeq, RevTree newTree, RevId rev, Content content) {
    Map<RevId, Content> more = new HashMap<>(contents);
    if (!tree.contains(rev)) {
      more.put(rev, content);
    }
    more.keySet().removeIf(known -> !newTree.contains(known));
    return new MemoryDocument(id, newSeq, newTree, more);
  }

  /** Without leaves, and without the ancestors that only they had. */
  MemoryDocument without(long newSeq, Collection<RevId> purged) {
    RevTree left = tree.without(purged);
    Map<RevId, Content> kept = new HashMap<>(contents);
    kept.keySet().removeIf(known -> !left.contains(known));
    return new MemoryDocument(id, newSeq, left, kept);
  }

  /** Without what nobody can ask for with right. */
  MemoryDocument compacted(int revsLimit) {
    RevTree stemmed = tree.stem(revsLimit);
    Map<RevId, Content> kept = new HashMap<>(contents);
    kept.keySet().retainAll(wanted(stemmed));
    return new MemoryDocument(id, seq, stemmed, kept);
  }

  /** The leaves, and for a three-way merge the newest common ancestors of live ones. */
  private static Set<RevId> wanted(RevTree tree) {
    Set<RevId> wanted = new HashSet<>();
    List<RevId> live =
        tree.leaves().stream().filter(leaf -> !leaf.deleted()).map(Leaf::rev).toList();
    for (RevId one : live) {
      for (RevId other : live.subList(0, live.indexOf(one))) {
        tree.commonAncestor(one, other).ifPresent(wanted::add);
      }
    }
    tree.leaves().forEach(leaf -> wanted.add(leaf.rev()));
    return wanted;
  }

  Set<RevId> live() {
    return tree.leaves().stream()
        .filter(leaf -> !leaf.deleted())
        .map(Leaf::rev)
        .collect(Collectors.toSet());
  }

  boolean isConflicted() {
    return live().size() > 1;
  }

  boolean isDeleted() {
    return tree.leaves().getFirst().deleted();
  }

  Optional<StoredRevision> revision(RevId rev) {
    return Optional.ofNullable(contents.get(rev))
        .map(
            content ->
                new StoredRevision(
                    rev, tree.isTombstone(rev), content.body(), content.attachments()));
  }

  StoredDocument read(Fields fields) {
    return new StoredDocument(
        id,
        Seq.of(seq),
        tree.leaves(),
        fields.tree() ? Optional.of(tree) : Optional.empty(),
        tree.leaves().stream()
            .limit(leavesRead(fields.bodies()))
            .map(leaf -> revision(leaf.rev()).orElseThrow())
            .toList());
  }

  private int leavesRead(Bodies bodies) {
    return switch (bodies) {
      case NONE -> 0;
      case WINNER -> 1;
      case LEAVES -> tree.leaves().size();
    };
  }

  /** Every attachment of every content here. */
  Stream<AttachmentRef> attachments() {
    return contents.values().stream().map(Content::attachments).flatMap(Collection::stream);
  }

  /** How many contents are of no leaf. */
  long superseded() {
    return contents.size() - (long) tree.leaves().size();
  }

  long bodyBytes() {
    return contents.values().stream().mapToLong(content -> content.body().json().length).sum();
  }
}
