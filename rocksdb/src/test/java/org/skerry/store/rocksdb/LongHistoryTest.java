package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.store.DocumentStore;
import org.skerry.store.Outcome;
import org.skerry.store.Reads;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Writes;

/** Documents that are edited ten thousand times: the pain of other databases. */
class LongHistoryTest {
  private static final DocId ID = DocId.of("a");

  @TempDir Path temporary;
  private RocksStore store;
  private DocumentStore db;

  @BeforeEach
  void open() {
    store = RocksStore.open(temporary.resolve("store"));
    db = store.create("db").orElseThrow();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static RevId rev(int generation) {
    byte[] hash = new byte[16];
    hash[0] = (byte) (generation >> 8);
    hash[1] = (byte) generation;
    hash[2] = 1;
    return RevId.of(generation, hash);
  }

  private static RevisionWrite edit(int generation) {
    return new RevisionWrite.Edit(
        ID,
        generation == 1 ? Optional.empty() : Optional.of(rev(generation - 1)),
        rev(generation),
        false,
        Body.parse("{\"n\":" + generation + "}"),
        List.of());
  }

  /** Edits in one commit: there, a document's head is written once. */
  private void editMany(int from, int to) {
    List<RevisionWrite> batch = new ArrayList<>();
    for (int generation = from; generation <= to; generation++) {
      batch.add(edit(generation));
    }
    assertThat(db.commit(batch)).allMatch(Outcome.Written.class::isInstance);
  }

  /** Edits one by one, and says how many bytes of log that took. */
  private long editOneByOne(int from, int to) {
    long before = logBytes();
    for (int generation = from; generation <= to; generation++) {
      assertThat(db.commit(List.of(edit(generation))).getFirst())
          .isInstanceOf(Outcome.Written.class);
    }
    return logBytes() - before;
  }

  private long logBytes() {
    try (Stream<Path> files = Files.list(temporary.resolve("store/rocks"))) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int segments() {
    try (Cursor cursor = store.tables().cursor(Family.HISTORY, store.tables().latest())) {
      int count = 0;
      for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
        count++;
      }
      return count;
    }
  }

  @Test
  void anUpdateWritesAsMuchAfterTenThousandAsAfterHundred() {
    editMany(1, 100);
    long early = editOneByOne(101, 300);
    for (int from = 301; from < 10_000; from += 100) {
      editMany(from, from + 99);
    }
    long late = editOneByOne(10_001, 10_200);
    assertThat(late).isBetween(early * 8 / 10, early * 12 / 10);
    assertThat(late / 200).as("bytes an update").isLessThan(1_500);
    RevTree tree = Reads.tree(db, "a");
    assertThat(tree.size()).isEqualTo(1_000);
    assertThat(tree.revisions().getFirst()).isEqualTo(rev(10_200));
    assertThat(segments()).as("what lies beyond the limit is dropped").isLessThan(150);
  }

  @Test
  void theWholeHistoryIsKnownAndItsBodiesUntilCompaction() {
    for (int from = 1; from < 700; from += 100) {
      editMany(from, from + 99);
    }
    assertThat(Reads.tree(db, "a").path(rev(700)).orElseThrow().revisions())
        .hasSize(700)
        .contains(rev(1), rev(350));
    assertThat(Reads.body(db, "a", rev(2))).contains("{\"n\":2}");
    assertThat(Reads.body(db, "a", rev(650))).contains("{\"n\":650}");
    db.compact((done, total) -> true);
    assertThat(Reads.body(db, "a", rev(2))).isEmpty();
    assertThat(Reads.body(db, "a", rev(700))).contains("{\"n\":700}");
    assertThat(Reads.tree(db, "a").size()).isEqualTo(700);
  }

  @Test
  void anOldRevisionThatComesAgainIsKnown() {
    editMany(1, 400);
    assertThat(db.commit(List.of(Writes.merge("a", text(5), text(4)))).getFirst())
        .isEqualTo(new Outcome.Present());
    assertThat(db.commit(List.of(Writes.merge("a", text(399), text(398)))).getFirst())
        .isEqualTo(new Outcome.Present());
  }

  private static String text(int generation) {
    return rev(generation).toString();
  }

  @Test
  void aBranchFromDeepInsideIsAConflictWithItsAncestor() {
    editMany(1, 400);
    assertThat(db.commit(List.of(Writes.merge("a", "11-b", text(10), text(9)))).getFirst())
        .isInstanceOf(Outcome.Written.class);
    RevTree tree = Reads.tree(db, "a");
    assertThat(tree.leaves()).hasSize(2);
    assertThat(tree.commonAncestor(rev(400), Writes.rev("11-b"))).contains(rev(10));
    assertThat(tree.size()).isEqualTo(401);
    assertThat(db.totals().conflicted()).isEqualTo(1);
    db.compact((done, total) -> true);
    assertThat(Reads.body(db, "a", rev(10))).contains("{\"n\":10}");
    assertThat(Reads.body(db, "a", rev(11))).isEmpty();
  }

  @Test
  void aLongPathIsMergedAtOnceAndAgainForNothing() {
    RevPath path =
        new RevPath(Stream.iterate(900, n -> n - 1).limit(900).map(LongHistoryTest::rev).toList());
    RevisionWrite merge = new RevisionWrite.Merge(ID, path, false, Body.EMPTY, List.of());
    assertThat(db.commit(List.of(merge)).getFirst()).isInstanceOf(Outcome.Written.class);
    assertThat(db.commit(List.of(merge)).getFirst()).isEqualTo(new Outcome.Present());
    assertThat(Reads.tree(db, "a").size()).isEqualTo(900);
    editMany(901, 950);
    assertThat(Reads.tree(db, "a").path(rev(950)).orElseThrow().revisions()).hasSize(950);
  }

  @Test
  void anOldConflictDoesNotKeepEveryPartOfTheOtherBranch() {
    db.revsLimit(50);
    editMany(1, 3);
    db.commit(List.of(Writes.merge("a", "3-b", text(2), text(1))));
    for (int from = 4; from < 3_000; from += 50) {
      editMany(from, from + 49);
    }
    assertThat(segments()).isLessThan(40);
    assertThat(Reads.leaves(db, "a")).hasSize(2);
    assertThat(Reads.tree(db, "a").contains(rev(3))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 31, 33, 100})
  void treesAreAsLongAsTheLimit(int limit) {
    db.revsLimit(limit);
    for (int generation = 1; generation <= 140; generation++) {
      db.commit(List.of(edit(generation)));
      assertThat(Reads.tree(db, "a").size()).isEqualTo(Math.min(limit, generation));
    }
    db.revsLimit(1);
    assertThat(Reads.tree(db, "a").size()).isEqualTo(1);
    editMany(141, 150);
    assertThat(segments()).isZero();
  }
}
