package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.MemoryStore;
import org.skerry.store.Sizes;
import org.skerry.store.Totals;
import org.skerry.store.Writes;

/** When a database is compacted by itself. */
class CompactionDaemonTest {
  private static final Totals TEN = new Totals(7, 3, 0, 0);

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private final CompactionDaemon daemon =
      new CompactionDaemon(
          databases,
          new Compactions(new ActiveTasks()),
          new CompactionRule(2, 0, Long.MAX_VALUE),
          Duration.ofDays(1));

  @AfterEach
  void close() {
    daemon.close();
    store.close();
  }

  @Test
  void asManySupersededBodiesAsLiveOnesAreEnough() {
    CompactionRule rule = new CompactionRule(2, 1_000, Long.MAX_VALUE);
    assertThat(rule.wants(new Sizes(1_000, 0, 500, 10), TEN, 0)).isTrue();
    assertThat(rule.wants(new Sizes(1_000, 0, 500, 9), TEN, 0)).isFalse();
    assertThat(rule.wants(new Sizes(999, 0, 500, 10), TEN, 0)).as("small").isFalse();
    assertThat(rule.wants(new Sizes(1_000, 0, 500, 12), TEN, 3)).as("kept").isFalse();
    assertThat(rule.wants(new Sizes(1_000, 0, 0, 0), Totals.NONE, 0)).as("empty").isFalse();
    assertThatThrownBy(() -> new CompactionRule(0.5, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void muchToGiveBackIsEnoughWhateverTheRatio() {
    CompactionRule rule = new CompactionRule(100, 0, 1_000);
    assertThat(rule.wants(new Sizes(9_000, 0, 5_000, 2), TEN, 0)).isTrue();
    assertThat(rule.wants(new Sizes(9_000, 0, 5_000, 1), TEN, 0)).isFalse();
  }

  private RevId write(Database database, Optional<RevId> parent, int n) {
    WriteResult result =
        database.update(
            new NewRevision(
                DocId.of("a"), parent, false, Body.parse("{\"n\":" + n + "}"), List.of()));
    return ((WriteResult.Written) result).rev();
  }

  @Test
  void whatWasWrittenOverIsGivenBack() {
    Database database = databases.create("db").orElseThrow();
    RevId first = write(database, Optional.empty(), 1);
    daemon.look();
    assertThat(database.store().sizes().superseded()).isZero();
    write(database, Optional.of(first), 2);
    assertThat(database.store().sizes().superseded()).isEqualTo(1);
    daemon.look();
    assertThat(database.store().sizes().superseded()).isZero();
  }

  @Test
  void whatAnOpenConflictNeedsIsNoReasonToCompactAgain() {
    Database database = databases.create("db").orElseThrow();
    database
        .store()
        .commit(
            List.of(
                Writes.merge("a", "1-a"),
                Writes.merge("a", "2-b", "1-a"),
                Writes.merge("a", "2-c", "1-a")));
    daemon.look();
    assertThat(database.store().sizes().superseded()).as("the common ancestor").isEqualTo(1);
    daemon.look();
    assertThat(database.store().sizes().superseded()).isEqualTo(1);
  }

  @Test
  void aDroppedDatabaseIsPassedOver() {
    databases.create("db").orElseThrow();
    databases.create("other").orElseThrow();
    store.drop("db");
    daemon.look();
    assertThat(databases.opened()).hasSize(2);
  }
}
