package org.skerry.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;

/**
 * Writes by chance, most of which build on what a database knows: edits of leaves and of what is no
 * leaf, branches from other replicas, short and long, second parents, repetitions.
 */
final class RandomWrites {
  private static final List<String> IDS = List.of("a", "a\0", "b", "_design/d", "\ud83d\ude00");

  private final RandomGenerator random;

  /** The database that is asked what is known. */
  private final DocumentStore known;

  private long bodies;
  private long revisions;

  RandomWrites(RandomGenerator random, DocumentStore known) {
    this.random = random;
    this.known = known;
  }

  static List<String> ids() {
    return IDS;
  }

  /**
   * A few writes. Of one document several only while no limit was set: else it would depend on
   * whether an engine shortens a tree between them or afterwards.
   */
  List<RevisionWrite> batch() {
    boolean limited = known.revsLimit() < 1_000;
    Set<DocId> ids = new HashSet<>();
    List<RevisionWrite> batch = new ArrayList<>();
    for (int size = 1 + random.nextInt(random.nextInt(4) == 0 ? 8 : 2); size > 0; size--) {
      RevisionWrite write = write();
      if (ids.add(write.id()) || !limited) {
        batch.add(write);
      }
    }
    return batch;
  }

  private RevisionWrite write() {
    String id = IDS.get(random.nextInt(IDS.size()));
    // What lies beyond the limit may be forgotten by one engine and not yet by another.
    RevTree tree = Reads.tree(known, id).stem(known.revsLimit());
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> edit(id, tree, leaf(tree));
      case 4 -> edit(id, tree, any(tree));
      case 5 -> repeated(id, tree);
      case 6 -> secondParent(id, tree);
      default -> branch(id, tree);
    };
  }

  /** A purge of some leaves, and now and then of what is none. */
  PurgeRequest purge() {
    String id = IDS.get(random.nextInt(IDS.size()));
    RevTree tree = Reads.tree(known, id).stem(known.revsLimit());
    List<RevId> revs = new ArrayList<>();
    tree.leaves().stream().map(Leaf::rev).filter(rev -> random.nextInt(3) > 0).forEach(revs::add);
    if (random.nextInt(4) == 0) {
      any(tree).ifPresent(revs::add);
    }
    return new PurgeRequest(DocId.of(id), revs);
  }

  private Optional<RevId> leaf(RevTree tree) {
    return tree.isEmpty()
        ? Optional.empty()
        : Optional.of(tree.leaves().get(random.nextInt(tree.leaves().size())).rev());
  }

  private Optional<RevId> any(RevTree tree) {
    return tree.isEmpty() || random.nextInt(5) == 0
        ? Optional.empty()
        : Optional.of(tree.revisions().get(random.nextInt(tree.size())));
  }

  private RevisionWrite edit(String id, RevTree tree, Optional<RevId> parent) {
    return Writes.edit(id, parent, !tree.isEmpty() && random.nextInt(5) == 0, json(), List.of());
  }

  private RevisionWrite merge(String id, RevPath path, boolean deleted) {
    return new RevisionWrite.Merge(DocId.of(id), path, deleted, Body.parse(json()), List.of());
  }

  /**
   * A branch that is known, or was: with its newest revision, and of its ancestors so many as
   * chance has it.
   */
  private RevisionWrite repeated(String id, RevTree tree) {
    Optional<RevId> rev = any(tree);
    if (rev.isEmpty()) {
      return edit(id, tree, rev);
    }
    RevPath path = tree.path(rev.get()).orElseThrow();
    return merge(
        id,
        path.truncate(1 + random.nextInt(path.revisions().size())),
        tree.isTombstone(rev.get()));
  }

  private RevisionWrite secondParent(String id, RevTree tree) {
    Optional<RevId> rev = any(tree).filter(r -> r.generation() > 1);
    return rev.isEmpty()
        ? branch(id, tree)
        : merge(
            id,
            RevPath.of(rev.get(), rev(rev.get().generation() - 1)),
            tree.isTombstone(rev.get()));
  }

  private RevisionWrite branch(String id, RevTree tree) {
    Optional<RevId> from = any(tree);
    List<RevId> path =
        new ArrayList<>(from.flatMap(tree::path).map(RevPath::revisions).orElse(List.of()));
    int length = 1 + random.nextInt(random.nextInt(6) == 0 ? 150 : 4);
    for (int i = 0; i < length; i++) {
      path.addFirst(rev(path.isEmpty() ? 1 : path.getFirst().generation() + 1));
    }
    int known = random.nextInt(4) == 0 ? 1 + random.nextInt(path.size()) : path.size();
    return merge(id, new RevPath(path).truncate(known), random.nextInt(5) == 0);
  }

  private RevId rev(int generation) {
    if (random.nextInt(4) == 0) {
      return RevId.of(generation, "foreign" + ++revisions);
    }
    byte[] hash = new byte[16];
    random.nextBytes(hash);
    return RevId.of(generation, hash);
  }

  private String json() {
    bodies++;
    return "{\"n\": " + bodies + "}";
  }
}
