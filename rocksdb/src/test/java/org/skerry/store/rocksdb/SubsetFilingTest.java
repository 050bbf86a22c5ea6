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
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Writes;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.Subsets;

/** Labels of many documents are filed together, and what was not filed survives a restart. */
class SubsetFilingTest {
  private static final String PATIENT = "pat";

  /** More than are filed together. */
  private static final int MANY = 8_300;

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
    db.subsets()
        .audiences(
            Map.of(
                Label.place("here"), Audience.of(here), Label.place("there"), Audience.of(there)));
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

  private static RevisionWrite write(String id, Optional<RevId> parent, Label label) {
    RevId rev = Writes.rev((parent.isPresent() ? 2 : 1) + "-" + "a".repeat(32));
    Placement placement = Placement.of(Set.of(label), false, Placement.USUAL);
    return new RevisionWrite.Edit(
        DocId.of(id), parent, rev, false, Body.parse("{}"), List.of(), placement);
  }

  private void records(int from, int to) {
    db.commit(
        IntStream.range(from, to)
            .mapToObj(n -> write("obs" + n, Optional.empty(), Label.document(DocId.of(PATIENT))))
            .toList());
  }

  private int members(int feed) {
    List<DocId> ids = new ArrayList<>();
    db.subsets().members(feed, DocRange.ALL, ids::add);
    return ids.size();
  }

  /** Turns of which nobody filed what they noted. */
  private int unfiled() {
    byte[] turns = {'p'};
    int count = 0;
    try (SubsetView view = new SubsetView(store.tables(), Keys.FIRST_DATABASE);
        OrderedCursor cursor = view.cursor()) {
      boolean more = cursor.seek(turns);
      while (more && cursor.key()[0] == turns[0]) {
        count++;
        more = cursor.next();
      }
    }
    return count;
  }

  @Test
  void whatManyShortLivesLeaveIsFiled() {
    RevisionWrite patient = write(PATIENT, Optional.empty(), Label.place("here"));
    db.commit(List.of(patient));
    for (int life = 0; life < 3; life++) {
      records(life * 10, life * 10 + 5);
      records(life * 10 + 5, life * 10 + 10);
      settle();
      assertThat(unfiled()).as("few wait for more").isBetween(2, 3);
      reopen();
      settle();
      assertThat(unfiled()).isZero();
    }
    db.commit(List.of(write(PATIENT, Optional.of(patient.rev()), Label.place("there"))));
    settle();
    assertThat(members(here)).isZero();
    assertThat(members(there)).isEqualTo(31);
  }

  @Test
  void aPatientWhoseRecordsAreFiledInPartMovesWithAllOfThem() {
    RevisionWrite patient = write(PATIENT, Optional.empty(), Label.place("here"));
    db.commit(List.of(patient));
    settle();
    records(0, MANY);
    Subsets subsets = db.subsets();
    assertThat(subsets.unsettled()).as("there is something to file").isTrue();
    reopen();
    assertThat(db.subsets().unsettled()).as("and there still is").isTrue();
    assertThat(db.subsets().step(500)).isFalse();
    assertThat(db.subsets().unsettled()).isFalse();
    records(MANY, MANY + 10);
    assertThat(db.subsets().unsettled()).as("few are not filed").isFalse();
    reopen();
    assertThat(members(here)).isEqualTo(MANY + 11);
    db.commit(List.of(write(PATIENT, Optional.of(patient.rev()), Label.place("there"))));
    settle();
    assertThat(members(here)).isZero();
    assertThat(members(there)).isEqualTo(MANY + 11);
  }
}
