package org.skerry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.MemoryStore;
import org.skerry.store.RevisionWrite;

class AppendOnlyTest {
  private static final DocId ID = DocId.of("entry/1");

  private final MemoryStore store = new MemoryStore();
  private final Database ledger = new Databases(store).create("ledger").orElseThrow();

  @BeforeEach
  void make() {
    ledger.options(new DatabaseOptions(true));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private WriteResult edit(DocId id, Optional<RevId> parent, boolean deleted, String json) {
    return ledger.update(new NewRevision(id, parent, deleted, Body.parse(json), List.of()));
  }

  private RevId create() {
    return ((WriteResult.Written) edit(ID, Optional.empty(), false, "{\"n\":1}")).rev();
  }

  private WriteResult merge(boolean deleted, RevId... path) {
    return ledger
        .merge(
            List.of(
                new ForeignRevision(
                    ID,
                    new RevPath(List.of(path)),
                    deleted,
                    Body.parse("{\"m\":\"" + path[0] + "\"}"),
                    List.of())))
        .getFirst();
  }

  @Test
  void documentsAreCreatedAndNeverChanged() {
    RevId first = create();
    assertThat(edit(ID, Optional.of(first), false, "{\"n\":2}"))
        .isInstanceOf(WriteResult.Forbidden.class);
    assertThat(edit(ID, Optional.of(first), true, "{}")).isInstanceOf(WriteResult.Forbidden.class);
    assertThat(edit(ID, Optional.empty(), false, "{\"n\":2}"))
        .isInstanceOf(WriteResult.Conflict.class);
  }

  @Test
  void whatFollowsALeafHereDoesNotComeByReplication() {
    RevId first = create();
    assertThat(merge(false, RevId.parse("2-ff"), first)).isInstanceOf(WriteResult.Forbidden.class);
    assertThat(merge(true, RevId.parse("2-ee"), first)).isInstanceOf(WriteResult.Forbidden.class);
  }

  @Test
  void whatWasWrittenApartComesWithItsHistory() {
    create();
    assertThat(merge(false, RevId.parse("2-ff"), RevId.parse("1-ff")))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(store.find("ledger").orElseThrow().totals().conflicted()).isEqualTo(1);
  }

  @Test
  void settlingIsAChange() {
    RevId first = create();
    RevId other = RevId.parse("1-00");
    merge(false, other);
    RevId tombstone = RevisionHash.next(Optional.of(other), true, Body.EMPTY, List.of());
    RevisionWrite.Edit gone =
        new RevisionWrite.Edit(ID, Optional.of(other), tombstone, true, Body.EMPTY, List.of());
    assertThat(
            ledger.settle(new Settlement(ID, Set.of(first, other), List.of(gone)), Author.SYSTEM))
        .isInstanceOf(WriteResult.Forbidden.class);
  }

  @Test
  void designDocumentsAreFree() {
    DocId design = DocId.of("_design/d");
    RevId first = ((WriteResult.Written) edit(design, Optional.empty(), false, "{\"a\":1}")).rev();
    assertThat(edit(design, Optional.of(first), false, "{\"a\":2}"))
        .isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void theOptionStaysAndCanBeTakenBack() {
    RevId first = create();
    Database reopened = new Databases(store).find("ledger").orElseThrow();
    assertThat(reopened.options().appendOnly()).isTrue();
    ledger.options(DatabaseOptions.DEFAULT);
    assertThat(edit(ID, Optional.of(first), false, "{\"n\":2}"))
        .isInstanceOf(WriteResult.Written.class);
  }
}
