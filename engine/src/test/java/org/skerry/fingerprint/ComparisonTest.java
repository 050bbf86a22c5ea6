package org.skerry.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.ForeignRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.index.Indexes;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.MemoryStore;
import org.skerry.store.PurgeRequest;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.testing.Seeded;

class ComparisonTest {
  private final Databases databases = new Databases(new MemoryStore());
  private final Indexes indexes = new Indexes(new MemoryOrderedStore());
  private final Fingerprints fingerprints = new Fingerprints(indexes);

  @AfterEach
  void close() {
    indexes.close();
  }

  private Database database(String name) {
    return databases.create(name).orElseThrow();
  }

  private static void write(Database database, String id, String rev, boolean deleted) {
    database.merge(
        List.of(
            new ForeignRevision(
                DocId.of(id), RevPath.of(RevId.parse(rev)), deleted, Body.parse("{}"), List.of())));
  }

  private static String rev(int generation, long number) {
    return generation + "-" + String.format("%032x", number);
  }

  private Comparison.Result compare(Database one, Database other) throws IOException {
    return new Comparison(fingerprints.of(one), fingerprints.of(other), Integer.MAX_VALUE).run();
  }

  @Test
  void allDifferencesAreFoundAndNothingElse() throws IOException {
    SplittableRandom random = new SplittableRandom(Seeded.seed());
    for (int round = 0; round < 8; round++) {
      Database one = database("one" + round);
      Database other = database("other" + round);
      int documents = random.nextInt(1, 3_000);
      int differing = random.nextInt(Math.min(documents, 40));
      TreeSet<String> expected = new TreeSet<>();
      for (int i = 0; i < documents; i++) {
        String id = "doc" + random.nextLong() + "-" + i;
        write(one, id, rev(1, i), false);
        if (i >= differing) {
          write(other, id, rev(1, i), false);
          continue;
        }
        expected.add(id);
        switch (random.nextInt(4)) {
          case 0 -> {}
          case 1 -> write(other, id, rev(2, i), false);
          case 2 -> {
            write(other, id, rev(1, i), false);
            write(other, id, rev(1, 1_000_000L + i), random.nextBoolean());
          }
          default -> write(other, id, rev(3, i), true);
        }
      }

      Comparison.Result result = compare(one, other);

      assertThat(result.differences())
          .extracting(Difference::id)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(result.complete()).isTrue();
      double levels = 1 + Math.log(documents + 1) / Math.log(16);
      assertThat((double) result.asked()).isLessThanOrEqualTo(1 + 16 * differing * levels);
      assertThat(compare(other, one).differences()).hasSameSizeAs(expected);
    }
  }

  @Test
  void equalDatabasesAreKnownByOneQuestion() throws IOException {
    Database one = database("one");
    Database other = database("other");
    for (int i = 0; i < 500; i++) {
      write(one, "d" + i, rev(1, i), false);
      write(other, "d" + (499 - i), rev(1, 499 - i), false);
    }
    Comparison.Result result = compare(one, other);
    assertThat(result.equal()).isTrue();
    assertThat(result.asked()).isEqualTo(1);
  }

  @Test
  void fingerprintsFollowEditsDeletionsAndPurges() throws IOException {
    Database one = database("one");
    Database other = database("other");
    write(one, "a", rev(1, 1), false);
    write(one, "b", rev(1, 2), false);
    write(other, "a", rev(1, 1), false);
    assertThat(compare(one, other).differences())
        .containsExactly(new Difference("b", List.of(rev(1, 2)), List.of()));

    one.store().purge(List.of(new PurgeRequest(DocId.of("b"), List.of(RevId.parse(rev(1, 2))))));
    assertThat(compare(one, other).equal()).isTrue();

    write(one, "a", rev(2, 9), true);
    assertThat(compare(one, other).differences())
        .containsExactly(
            new Difference("a", List.of(rev(1, 1), rev(2, 9) + " deleted"), List.of(rev(1, 1))));
  }

  @Test
  void designDocumentsAndTombstonesDoNotCount() throws IOException {
    Database one = database("one");
    Database other = database("other");
    write(one, "_design/own", rev(1, 1), false);
    write(one, "gone", rev(1, 2), true);
    assertThat(compare(one, other).equal()).isTrue();
  }

  @Test
  void whoHasEnoughIsToldThatThereIsMore() throws IOException {
    Database one = database("one");
    for (int i = 0; i < 300; i++) {
      write(one, "d" + i, rev(1, i), false);
    }
    Comparison.Result result =
        new Comparison(fingerprints.of(one), fingerprints.of(database("other")), 20).run();
    assertThat(result.complete()).isFalse();
    assertThat(result.differences()).hasSizeGreaterThanOrEqualTo(20);
  }

  @Test
  void aRangeIsHexDigits() {
    assertThatThrownBy(() -> new PlaceRange("0g")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PlaceRange("0".repeat(17)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new PlaceRange("0".repeat(16)).parts()).isEmpty();
  }
}
