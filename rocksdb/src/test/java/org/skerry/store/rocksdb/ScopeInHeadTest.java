package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;
import org.skerry.store.Outcome;
import org.skerry.store.PurgeRequest;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Writes;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.KeptSubsets;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.Standing;

/** Where a document's scope stands: in its head, or alone. */
class ScopeInHeadTest {
  private static final DocId ID = DocId.of("a");

  @TempDir Path temporary;
  private RocksStore store;
  private DocumentStore db;
  private int feed;

  @BeforeEach
  void open() {
    store = RocksStore.open(temporary.resolve("store"));
    db = store.create("db").orElseThrow();
    db.subsets().keep();
    feed = db.subsets().feed("hill");
    db.subsets().audiences(Map.of(Label.place("hill"), Audience.of(feed)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private RevId write(Optional<RevId> parent, int generation, String... places) {
    RevId rev = Writes.rev(generation + "-" + "a".repeat(32));
    Set<Label> labels = Set.of(List.of(places).stream().map(Label::place).toArray(Label[]::new));
    RevisionWrite write =
        new RevisionWrite.Edit(
            ID,
            parent,
            rev,
            false,
            Body.parse("{\"n\":" + generation + "}"),
            List.of(),
            Placement.of(labels, false, Placement.USUAL));
    assertThat(db.commit(List.of(write)).getFirst()).isInstanceOf(Outcome.Written.class);
    return rev;
  }

  private byte[] scopeKey() {
    return Keys.subset(Keys.FIRST_DATABASE, KeptSubsets.scopeKey(ID));
  }

  private Optional<byte[]> alone() {
    return store.tables().get(Family.SUBSETS, store.tables().latest(), scopeKey());
  }

  private Head head() {
    return Head.decode(
        store
            .tables()
            .get(Family.HEADS, store.tables().latest(), Keys.document(Keys.FIRST_DATABASE, ID))
            .orElseThrow());
  }

  private Standing standing() {
    return db.subsets().look(feed, List.of(ID)).getFirst();
  }

  @Test
  void whatIsWrittenHasItInItsHeadAndNowhereElse() {
    RevId first = write(Optional.empty(), 1, "hill");
    assertThat(head().scope()).isPresent();
    assertThat(alone()).isEmpty();
    assertThat(standing()).isInstanceOf(Standing.Inside.class);
    write(Optional.of(first), 2);
    assertThat(standing()).isInstanceOf(Standing.Left.class);
    assertThat(alone()).isEmpty();
  }

  @Test
  void whatConcernsNobodyHasNone() {
    write(Optional.empty(), 1);
    assertThat(head().scope()).isEmpty();
    assertThat(Head.decode(head().encode())).isEqualTo(head());
    assertThat(standing()).isInstanceOf(Standing.Outside.class);
  }

  @Test
  void whatIsPurgedHasItAloneUntilItIsThereAgain() {
    RevId first = write(Optional.empty(), 1, "hill");
    db.purge(List.of(new PurgeRequest(ID, List.of(first))));
    assertThat(alone()).isPresent();
    assertThat(standing()).isInstanceOf(Standing.Left.class);
    write(Optional.empty(), 1, "hill");
    assertThat(alone()).isEmpty();
    assertThat(head().scope()).isPresent();
    assertThat(standing()).isInstanceOf(Standing.Inside.class);
  }

  @Test
  void whatAnOlderProgramLeftAloneCountsAndMovesWithTheNextWrite() throws Exception {
    RevId first = write(Optional.empty(), 1, "hill");
    leaveAlone();
    assertThat(standing()).isInstanceOf(Standing.Inside.class);
    RevId second = write(Optional.of(first), 2, "hill");
    assertThat(alone()).isEmpty();
    assertThat(head().scope()).isPresent();
    leaveAlone();
    write(Optional.of(second), 3);
    assertThat(alone()).isEmpty();
    assertThat(standing()).isInstanceOf(Standing.Left.class);
  }

  /** As programs wrote it whose heads knew nothing of scopes. */
  private void leaveAlone() throws RocksDBException {
    Head now = head();
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(
          store.tables().handle(Family.HEADS),
          Keys.document(Keys.FIRST_DATABASE, ID),
          new Head(now.seq(), now.leaves(), now.recent(), Optional.empty()).encode());
      batch.put(
          store.tables().handle(Family.SUBSETS), scopeKey(), now.scope().orElseThrow().bytes());
      store.tables().write(batch, true);
    }
  }

  @Test
  void itIsThereAfterTheStoreWasOpenedAgain() {
    write(Optional.empty(), 1, "hill");
    store.close();
    store = RocksStore.open(temporary.resolve("store"));
    db = store.find("db").orElseThrow();
    assertThat(standing()).isInstanceOf(Standing.Inside.class);
    assertThat(db.subsets().grant(feed, ID, true)).isTrue();
    write(Optional.of(Writes.rev("1-" + "a".repeat(32))), 2);
    assertThat(standing()).isInstanceOf(Standing.Inside.class);
  }
}
