package org.skerry.changes;

import java.util.List;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.DocumentStore;
import org.skerry.store.MemoryStore;
import org.skerry.store.Outcome;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Seq;

/** Writes that the tests of this package make, straight into a store. */
final class Edits {
  private Edits() {}

  static DocumentStore database() {
    return new MemoryStore().create("db").orElseThrow();
  }

  static RevId create(DocumentStore store, String id) {
    return create(store, id, "{}");
  }

  static RevId create(DocumentStore store, String id, String json) {
    return edit(store, id, Optional.empty(), false, json);
  }

  static RevId change(DocumentStore store, String id, RevId parent) {
    return edit(store, id, Optional.of(parent), false, "{\"of\":\"" + parent + "\"}");
  }

  static RevId delete(DocumentStore store, String id, RevId parent) {
    return edit(store, id, Optional.of(parent), true, "{}");
  }

  static RevId edit(
      DocumentStore store, String id, Optional<RevId> parent, boolean deleted, String json) {
    Body body = Body.parse(json);
    RevId rev = RevisionHash.next(parent, deleted, body, List.of());
    Outcome outcome =
        store
            .commit(
                List.of(
                    new RevisionWrite.Edit(DocId.of(id), parent, rev, deleted, body, List.of())))
            .getFirst();
    if (!(outcome instanceof Outcome.Written)) {
      throw new AssertionError("expected to write " + id + ", but: " + outcome);
    }
    return rev;
  }

  /** A revision beside those that are there. */
  static RevId conflict(DocumentStore store, String id, String json) {
    RevId rev = RevisionHash.next(Optional.empty(), false, Body.parse(json), List.of());
    store.commit(
        List.of(
            new RevisionWrite.Merge(
                DocId.of(id), RevPath.of(rev), false, Body.parse(json), List.of())));
    return rev;
  }

  static Seq seq(long number) {
    return Seq.of(number);
  }
}
