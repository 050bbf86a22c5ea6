package org.skerry.conflict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.skerry.conflict.merge.Content;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * A document as it stands: its live leaves with their contents, and what its tombstones tell of
 * earlier settlements. A value of one moment, except that bodies of ancestors are read when they
 * are asked for. Of one thread.
 */
final class Situation {
  static final int MOST_VERSIONS = 64;

  /**
   * Of all versions together that are compared: as trees they need fifty times as much, or more.
   */
  static final long COMPARED_BYTES = 4L << 20;

  /** Of those that are read at once. */
  static final long READ_BYTES = Crowd.MOST_BYTES;

  private static final Fields EVERYTHING = new Fields(true, Fields.Bodies.LEAVES);

  private final DocumentStore store;
  private final DocId id;
  private final RevTree tree;
  private final List<RevId> live = new ArrayList<>();

  /** Tombstones by the leaves that they keep. */
  private final Map<RevId, StoredRevision> kept = new HashMap<>();

  /** What was read so far: most documents that are looked at are in no conflict. */
  private final Map<RevId, Content> read = new HashMap<>();

  private final List<Mark.Settled> settled = new ArrayList<>();
  private final List<Mark.Undone> undone = new ArrayList<>();
  private final List<StoredRevision> leaves;

  Situation(DocumentStore store, StoredDocument document) {
    this.store = store;
    this.id = document.id();
    this.tree = document.tree().orElseThrow();
    this.leaves = document.revisions();
    for (StoredRevision leaf : leaves) {
      if (!leaf.deleted()) {
        live.add(leaf.rev());
        continue;
      }
      Optional<Mark> mark = Mark.read(tree, leaf);
      if (mark.isPresent()) {
        note(mark.get(), leaf);
      }
    }
  }

  private void note(Mark mark, StoredRevision tombstone) {
    switch (mark) {
      case Mark.Settled one -> {
        settled.add(one);
        kept.putIfAbsent(one.leaf(), tombstone);
      }
      case Mark.Undone one -> undone.add(one);
    }
  }

  /**
   * The live leaves of a document that has so many, or so large ones, that reading them all would
   * be somebody's attack; none for any other.
   *
   * @param most bytes of all of them together
   */
  static List<Leaf> crowd(DocumentStore store, DocId id, long most) {
    List<Leaf> found = live(store, id);
    boolean crowd =
        found.size() > MOST_VERSIONS || found.size() > 1 && isHeavy(store, id, found, most);
    return crowd ? found : List.of();
  }

  /** A document's live leaves, winner first, without what they say. */
  static List<Leaf> live(DocumentStore store, DocId id) {
    List<Leaf> found = new ArrayList<>();
    store.load(
        List.of(id),
        Fields.LEAVES,
        document -> {
          document.leaves().stream().filter(leaf -> !leaf.deleted()).forEach(found::add);
          return false;
        });
    return found;
  }

  /** Reads them one by one, and keeps none. */
  private static boolean isHeavy(DocumentStore store, DocId id, List<Leaf> leaves, long most) {
    long[] bytes = {0};
    for (Leaf leaf : leaves) {
      store.read(
          List.of(new RevisionRef(id, leaf.rev())),
          (ref, there) ->
              there.ifPresent(here -> bytes[0] += here.revision().body().json().length));
      if (bytes[0] > most) {
        return true;
      }
    }
    return false;
  }

  /** The document of that id. */
  static Optional<Situation> load(DocumentStore store, DocId id) {
    List<Situation> found = new ArrayList<>(1);
    store.load(
        List.of(id),
        EVERYTHING,
        document -> {
          found.add(new Situation(store, document));
          return false;
        });
    return found.stream().findFirst();
  }

  DocId id() {
    return id;
  }

  RevTree tree() {
    return tree;
  }

  boolean isConflict() {
    return live.size() > 1;
  }

  /** Whether the versions are too large together to be compared. */
  boolean isHeavy() {
    return leaves.stream()
            .filter(leaf -> !leaf.deleted())
            .mapToLong(leaf -> leaf.body().json().length)
            .sum()
        > COMPARED_BYTES;
  }

  /** The live leaves, winner first. */
  List<RevId> live() {
    return List.copyOf(live);
  }

  RevId winner() {
    return live.getFirst();
  }

  /** The contents of the live leaves, in their order. */
  List<Content> contents() {
    return live.stream().map(rev -> content(rev).orElseThrow()).toList();
  }

  /** All leaves as they are stored, winner first. */
  List<StoredRevision> leaves() {
    return leaves;
  }

  List<Mark.Settled> settled() {
    return settled;
  }

  List<Mark.Undone> undone() {
    return undone;
  }

  /** What a revision says: of a leaf, of one that was set aside, or of an ancestor still here. */
  Optional<Content> content(RevId rev) {
    Content known = read.get(rev);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Content> found = find(rev);
    found.ifPresent(content -> read.put(rev, content));
    return found;
  }

  private Optional<Content> find(RevId rev) {
    StoredRevision tombstone = kept.get(rev);
    if (tombstone != null && !live.contains(rev)) {
      return Optional.of(Mark.kept(tombstone));
    }
    for (StoredRevision leaf : leaves) {
      if (leaf.rev().equals(rev)) {
        return Optional.of(Content.of(leaf.body(), leaf.attachments()));
      }
    }
    List<Content> found = new ArrayList<>(1);
    store.read(
        List.of(new RevisionRef(id, rev)),
        (ref, there) ->
            there.ifPresent(
                here ->
                    found.add(Content.of(here.revision().body(), here.revision().attachments()))));
    return found.stream().findFirst();
  }

  /** A branch as far as it is known. */
  List<RevId> path(RevId rev) {
    return tree.path(rev).map(RevPath::revisions).orElse(List.of(rev));
  }

  /** The newest revision from which all of these descend by the tree. */
  Optional<RevId> commonAncestor(List<RevId> revs) {
    Set<RevId> shared = new TreeSet<>(path(revs.getFirst()));
    for (RevId rev : revs) {
      shared.retainAll(Set.copyOf(path(rev)));
    }
    return shared.stream().max(RevId::compareTo);
  }

  /** Whether a document's beginning is known on every one of these branches. */
  boolean isWhole(List<RevId> revs) {
    return revs.stream().allMatch(rev -> path(rev).getLast().generation() == 1);
  }

  /**
   * Whether somebody undid a settlement of what conflicts now: two live leaves descend from two
   * leaves that the undoing made.
   */
  boolean isHeld() {
    return undone.stream().anyMatch(this::holds);
  }

  private boolean holds(Mark.Undone undoing) {
    Set<RevId> standing =
        undoing.reopened().stream()
            .filter(rev -> live.stream().anyMatch(leaf -> path(leaf).contains(rev)))
            .collect(Collectors.toSet());
    return standing.size() > 1;
  }
}
