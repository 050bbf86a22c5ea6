package org.skerry.store.rocksdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BlobId;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.store.Outcome;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Seq;
import org.skerry.store.subset.SubsetChanges;

/**
 * One document within a group: as the turns so far left it, and what they put. Bodies go into the
 * batch at once; head and row of the feed when all turns have decided, so that a document that
 * changes several times in a group is written once.
 */
final class DocumentDraft {
  /** So many leaves are looked through faster than they are found by a table. */
  private static final int FEW = 8;

  private final ShelfDraft shelf;
  private final DocId id;
  private final @Nullable Head before;
  private final Branches branches;
  private long seq;
  private List<StoredLeaf> leaves;

  /** The leaves by their names, where they are many and somebody asked. */
  private @Nullable Map<RevId, StoredLeaf> byRev;

  /** Common ancestors of an open conflict, as they were at {@link #ancestorsOf}. */
  private Set<RevId> ancestors = Set.of();

  private long ancestorsOf;

  /** What sites get of it, when somebody asked. */
  private @Nullable Optional<ScopeBytes> scope;

  /** Whether it was found beside the head, and not in it. */
  private boolean scopeAlone;

  private boolean scopeChanged;

  /** What was written, for the subsets; empty where none are kept. Cannot be changed up to one. */
  private Map<RevId, SubsetChanges.Written> written = Map.of();

  DocumentDraft(ShelfDraft shelf, DocId id) {
    this.shelf = shelf;
    this.id = id;
    byte[] record =
        shelf
            .tables()
            .find(Family.HEADS, shelf.tables().latest(), Keys.document(shelf.number(), id));
    this.before = record == null ? null : Head.decode(record);
    this.seq = before == null ? 0 : before.seq();
    this.leaves = before == null ? List.of() : before.leaves();
    this.branches = new Branches(shelf, id, before == null ? Recent.NONE : before.recent());
  }

  DocId id() {
    return id;
  }

  /** Why a write would be refused at this moment. */
  Optional<Outcome.Stale> refusal(RevisionWrite write) {
    boolean current =
        switch (write) {
          case RevisionWrite.Edit edit ->
              edit.parent().map(parent -> find(parent).isPresent()).orElseGet(leaves::isEmpty);
          case RevisionWrite.Merge merge -> true;
          case RevisionWrite.Settle settle -> settle.live().equals(StoredLeaf.live(leaves));
        };
    return current ? Optional.empty() : Optional.of(new Outcome.Stale(StoredLeaf.leaves(leaves)));
  }

  /** Decides about one write. */
  Outcome apply(RevisionWrite write, PackedBody body) {
    return switch (write) {
      case RevisionWrite.Edit edit -> edit(edit, body);
      case RevisionWrite.Merge merge -> merge(merge, body);
      case RevisionWrite.Settle settle -> settle(settle, body);
    };
  }

  private Outcome edit(RevisionWrite.Edit edit, PackedBody body) {
    boolean current =
        edit.parent().map(parent -> find(parent).isPresent()).orElseGet(leaves::isEmpty);
    if (!current) {
      return new Outcome.Stale(StoredLeaf.leaves(leaves));
    }
    branches.merge(edit.path(), edit.deleted());
    return write(edit, body);
  }

  private Outcome merge(RevisionWrite.Merge merge, PackedBody body) {
    return branches.merge(merge.path(), merge.deleted())
        ? write(merge, body)
        : new Outcome.Present();
  }

  private Outcome settle(RevisionWrite.Settle settle, PackedBody body) {
    if (!settle.live().equals(StoredLeaf.live(leaves))) {
      return new Outcome.Stale(StoredLeaf.leaves(leaves));
    }
    return branches.merge(settle.path(), settle.deleted())
        ? write(settle, body)
        : new Outcome.Present();
  }

  /**
   * Forgets leaves, with their bodies and those of the ancestors that only they have.
   *
   * @param at the sequence of this change, if it is one
   * @return those that were leaves
   */
  List<RevId> purge(List<RevId> revs, long at) {
    List<RevId> gone = revs.stream().filter(rev -> find(rev).isPresent()).distinct().toList();
    if (gone.isEmpty()) {
      return gone;
    }
    seq = at;
    Set<RevId> names = Set.copyOf(gone);
    BodyRemoval removal = new BodyRemoval(shelf);
    branches.purge(gone).forEach(removal::removeSuperseded);
    List<StoredLeaf> left = new ArrayList<>();
    for (StoredLeaf stored : leaves) {
      if (names.contains(stored.leaf().rev())) {
        removal.remove(stored);
      } else {
        left.add(stored);
      }
    }
    leaves = left;
    byRev = null;
    return gone;
  }

  private Outcome write(RevisionWrite write, PackedBody body) {
    seq = shelf.nextSeq();
    RevTree tree = branches.tree();
    List<StoredLeaf> now = new ArrayList<>(tree.leaves().size());
    for (Leaf leaf : tree.leaves()) {
      StoredLeaf stored =
          find(leaf.rev()).map(known -> known.as(leaf)).orElseGet(() -> putBody(leaf, write, body));
      now.add(stored);
      if (byRev != null) {
        byRev.put(leaf.rev(), stored);
      }
    }
    Map<RevId, Long> overtaken = new HashMap<>();
    // A leaf more is a branch of its own, and ends none.
    if (now.size() <= leaves.size()) {
      for (StoredLeaf stored : leaves) {
        if (!tree.isLeaf(stored.leaf().rev())) {
          supersede(stored);
          overtaken.put(stored.leaf().rev(), stored.body());
          if (byRev != null) {
            byRev.remove(stored.leaf().rev());
          }
        }
      }
    }
    leaves = now;
    branches.bound(overtaken);
    if (shelf.keepsSubsets()) {
      note(write.rev(), new SubsetChanges.Written(write.placement(), parent(write)));
    }
    return new Outcome.Written(Seq.of(seq));
  }

  /** Most documents are written once in a group, and some very often. */
  private void note(RevId rev, SubsetChanges.Written write) {
    if (written.isEmpty()) {
      written = Map.of(rev, write);
      return;
    }
    if (written.size() == 1) {
      written = new HashMap<>(written);
    }
    written.put(rev, write);
  }

  private static Optional<RevId> parent(RevisionWrite write) {
    List<RevId> path = write.path().revisions();
    return path.size() < 2 ? Optional.empty() : Optional.of(path.get(1));
  }

  private Optional<StoredLeaf> find(RevId rev) {
    if (leaves.size() > FEW) {
      return Optional.ofNullable(index().get(rev));
    }
    for (StoredLeaf stored : leaves) {
      if (stored.leaf().rev().equals(rev)) {
        return Optional.of(stored);
      }
    }
    return Optional.empty();
  }

  private Map<RevId, StoredLeaf> index() {
    Map<RevId, StoredLeaf> index = byRev;
    if (index == null) {
      index = HashMap.newHashMap(leaves.size());
      for (StoredLeaf stored : leaves) {
        index.put(stored.leaf().rev(), stored);
      }
      byRev = index;
    }
    return index;
  }

  private StoredLeaf putBody(Leaf leaf, RevisionWrite write, PackedBody body) {
    if (!leaf.rev().equals(write.rev())) {
      throw Faults.damaged(
          "leaf " + leaf.rev() + " of document " + id + " has no body",
          new IllegalStateException());
    }
    Group group = shelf.group();
    group.put(Family.BODIES, Keys.sequence(shelf.number(), seq), body.record());
    Set<BlobId> blobs = new HashSet<>();
    for (AttachmentRef attachment : write.attachments()) {
      if (blobs.add(attachment.blob())) {
        group.put(Family.META, Keys.blobUse(shelf.number(), attachment.blob(), seq), new byte[0]);
      }
    }
    shelf.countBytes(body.jsonBytes(), body.record().length);
    return new StoredLeaf(leaf, seq, body.jsonBytes(), body.record().length, !blobs.isEmpty());
  }

  private void supersede(StoredLeaf stored) {
    shelf
        .group()
        .put(
            Family.SUPERSEDED,
            Keys.sequence(shelf.number(), stored.body()),
            Superseded.of(id, stored).encode());
    shelf.countBytes(0, -stored.storedBytes());
    shelf.countSuperseded(1);
  }

  /** Whether a revision's body is to be kept: a leaf's, or one that a three-way merge may want. */
  boolean needs(RevId rev) {
    if (find(rev).isPresent()) {
      return true;
    }
    if (!StoredLeaf.conflicted(leaves)) {
      return false;
    }
    if (ancestorsOf != seq) {
      ancestors = branches.commonAncestors();
      ancestorsOf = seq;
    }
    return ancestors.contains(rev);
  }

  /** What sites get of it, as the turns so far left it. */
  Optional<ScopeBytes> scope() {
    Optional<ScopeBytes> known = scope;
    if (known == null) {
      known = before == null ? Optional.empty() : before.scope();
      // A new document has one from an earlier life alone, which was purged.
      if (known.isEmpty() && (before != null || shelf.hasPurged())) {
        known = shelf.subsets().scopeAlone(id);
        scopeAlone = known.isPresent();
      }
      scope = known;
    }
    return known;
  }

  /** From here on. */
  void scope(Optional<ScopeBytes> now) {
    scope();
    scope = now;
    scopeChanged = true;
  }

  /** The document as the turns so far left it. */
  SubsetState state() {
    return new SubsetState(id, seq, StoredLeaf.leaves(leaves), branches.tree());
  }

  private SubsetState stateBefore() {
    return before == null
        ? new SubsetState(id, 0, List.of(), RevTree.empty())
        : new SubsetState(
            id, before.seq(), StoredLeaf.leaves(before.leaves()), before.recent().tree());
  }

  /** Puts head and row of the feed when the document changed. */
  void emit() {
    boolean changed = seq > (before == null ? 0 : before.seq());
    if (changed && shelf.keepsSubsets()) {
      shelf.subsets().changes().changed(stateBefore(), state(), written);
    }
    if (changed || scopeChanged) {
      emit(changed, headScope());
    }
  }

  /**
   * What the head says of the scope from now on. One that stood alone moves into the head, where a
   * scope counts before all others.
   */
  private Optional<ScopeBytes> headScope() {
    if (scope == null && !leaves.isEmpty()) {
      // Nobody asked: no subsets are kept, or what stands there is remembered.
      return before == null ? Optional.empty() : before.scope();
    }
    // Of a purged document it is asked for in any case: a head that goes may have the only copy.
    Optional<ScopeBytes> known = scope();
    boolean alone = leaves.isEmpty() && known.isPresent();
    if (alone || scopeAlone) {
      shelf.subsets().putAlone(id, alone ? known : Optional.empty());
    }
    return known;
  }

  private void emit(boolean changed, Optional<ScopeBytes> headScope) {
    Group group = shelf.group();
    if (changed && before != null) {
      shelf.count(before, -1);
      group.deleteOnlyPut(Family.CHANGES, Keys.sequence(shelf.number(), before.seq()));
    }
    if (leaves.isEmpty()) {
      group.delete(Family.HEADS, Keys.document(shelf.number(), id));
      return;
    }
    Head after = new Head(seq, leaves, branches.recent(), headScope);
    if (changed) {
      shelf.count(after, 1);
      group.put(
          Family.CHANGES, Keys.sequence(shelf.number(), seq), ChangeRow.encode(id, seq, leaves));
    }
    group.put(Family.HEADS, Keys.document(shelf.number(), id), after.encode());
  }
}
