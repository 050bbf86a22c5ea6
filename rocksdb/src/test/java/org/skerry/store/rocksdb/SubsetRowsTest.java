package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.PurgeRequest;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Seq;
import org.skerry.store.Totals;
import org.skerry.store.Writes;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.SubsetRow;

/** Rows of feeds survive restarts, whether they were filed or not. */
class SubsetRowsTest {
  /** More than are filed together. */
  private static final int MANY = 8_300;

  private static final Label HERE = Label.place("here");
  private static final Label THERE = Label.place("there");

  @TempDir Path temporary;
  private RocksStore store;
  private DocumentStore db;
  private int here;
  private int there;

  @BeforeEach
  void open() {
    store = RocksStore.open(temporary.resolve("store"));
    db = store.create("db").orElseThrow();
    db.subsets().keep();
    here = db.subsets().feed("here");
    there = db.subsets().feed("there");
    db.subsets().audiences(Map.of(HERE, Audience.of(here), THERE, Audience.of(there)));
    settle();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    store.close();
    store = RocksStore.open(temporary.resolve("store"));
    db = store.find("db").orElseThrow();
  }

  private void settle() {
    while (db.subsets().step(500)) {
      // There is more.
    }
  }

  private static RevId rev(int generation) {
    return Writes.rev(generation + "-" + "a".repeat(32));
  }

  private static RevisionWrite write(String id, int generation, Label label) {
    Optional<RevId> parent =
        Optional.of(generation).filter(later -> later > 1).map(later -> rev(later - 1));
    Placement placement = Placement.of(Set.of(label), false, Placement.USUAL);
    return new RevisionWrite.Edit(
        DocId.of(id), parent, rev(generation), false, Body.parse("{}"), List.of(), placement);
  }

  private void load(int from, int to) {
    db.commit(IntStream.range(from, to).mapToObj(n -> write("d" + n, 1, HERE)).toList());
  }

  private List<SubsetRow> rows(int feed, long since) {
    List<SubsetRow> rows = new ArrayList<>();
    db.subsets().changes(feed, ChangeRange.after(Seq.of(since), 100_000), rows::add);
    return rows;
  }

  private static List<String> ids(List<SubsetRow> rows) {
    return rows.stream().map(row -> row.id().text() + (row.left() ? " left" : "")).toList();
  }

  private int records(char kind) {
    int count = 0;
    try (SubsetView view = new SubsetView(store.tables(), Keys.FIRST_DATABASE);
        OrderedCursor cursor = view.cursor()) {
      boolean more = cursor.seek(new byte[] {(byte) kind});
      while (more && cursor.key()[0] == (byte) kind) {
        count++;
        more = cursor.next();
      }
    }
    return count;
  }

  @Test
  void fewRowsAreReadOfWhatTheTurnsWrote() {
    load(0, 3);
    db.commit(List.of(write("d1", 2, HERE)));
    db.commit(List.of(write("d0", 2, THERE)));
    reopen();
    assertThat(records('f')).isZero();
    assertThat(ids(rows(here, 0))).containsExactly("d2", "d1", "d0 left");
    assertThat(ids(rows(there, 0))).containsExactly("d0");
    assertThat(db.subsets().now(there).number()).isEqualTo(rows(there, 0).getLast().seq());
  }

  @Test
  void manyRowsAreFiledAndFollowTheirDocuments() {
    load(0, MANY);
    long before = db.subsets().now(here).number();
    assertThat(records('f')).as("a turn's own are not filed").isZero();
    db.commit(List.of(write("d7", 2, HERE)));
    assertThat(records('q')).as("all are filed but that turn's").isEqualTo(1);
    assertThat(records('f')).isBetween(MANY / 32, MANY / 32 + 1);
    db.commit(List.of(write("d8", 2, THERE)));
    db.purge(List.of(new PurgeRequest(DocId.of("d9"), List.of(rev(1)))));
    filedOrNot(before);
    reopen();
    filedOrNot(before);
    load(MANY, 2 * MANY);
    db.commit(List.of(write("d10", 2, HERE)));
    assertThat(records('q')).isEqualTo(1);
    assertThat(ids(rows(here, before)).subList(0, 3)).containsExactly("d7", "d8 left", "d9 left");
    assertThat(rows(here, 0)).hasSize(2 * MANY);
    assertThat(rows(here, 0)).extracting(SubsetRow::seq).isSorted().doesNotHaveDuplicates();
  }

  private void filedOrNot(long before) {
    assertThat(ids(rows(here, before))).containsExactly("d7", "d8 left", "d9 left");
    assertThat(ids(rows(here, 0)).subList(0, 9))
        .containsExactly("d0", "d1", "d2", "d3", "d4", "d5", "d6", "d10", "d11");
    assertThat(rows(here, 0)).hasSize(MANY);
    assertThat(db.subsets().totals(here)).isEqualTo(new Totals(MANY - 2, 0, 0, 0));
  }

  @Test
  void ofADatabaseThatWasDroppedNothingComesBack() {
    load(0, 3);
    assertThat(store.drop("db")).isTrue();
    db = store.create("db").orElseThrow();
    db.subsets().keep();
    assertThat(rows(db.subsets().feed("here"), 0)).isEmpty();
    reopen();
    assertThat(rows(db.subsets().feed("here"), 0)).isEmpty();
  }

  @Test
  void whoComesAfterThoseThatReferToItTakesThemAlong() {
    db.commit(List.of(write("obs", 1, Label.document(DocId.of("pat")))));
    reopen();
    db.commit(List.of(write("pat", 1, HERE)));
    settle();
    assertThat(ids(rows(here, 0))).containsExactly("pat", "obs");
  }

  @Test
  void whoComesBackAfterAPurgeTakesThoseAlongThatStillReferToIt() {
    db.commit(List.of(write("pat", 1, HERE)));
    db.commit(List.of(write("obs", 1, Label.document(DocId.of("pat")))));
    db.purge(List.of(new PurgeRequest(DocId.of("pat"), List.of(rev(1)))));
    settle();
    reopen();
    db.commit(List.of(write("pat", 1, THERE)));
    settle();
    assertThat(ids(rows(there, 0))).containsExactly("pat", "obs");
  }
}
