package org.skerry.replication.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.Databases;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Refusal;
import org.skerry.store.MemoryStore;

class StoredRefusalsTest {
  private static final Refusal ONE = new Refusal("a", "1-a", "forbidden", "no \"a\" here");
  private static final Refusal TWO = new Refusal("b", "1-b", "too_large", "too large");

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private final AtomicLong seconds = new AtomicLong();
  private final StoredRefusals refusals =
      new StoredRefusals(databases, () -> Instant.ofEpochSecond(seconds.incrementAndGet()));

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatWasSavedIsLoaded() {
    databases.create("_replicator");
    assertThat(refusals.load("x")).isEmpty();
    refusals.save("x", "s", "t", List.of(ONE));
    refusals.save("x", "s", "t", List.of(ONE, TWO));

    assertThat(refusals.load("x")).containsExactly(ONE, TWO);
    assertThat(refusals.find("x"))
        .hasValueSatisfying(
            found -> {
              assertThat(found.source()).isEqualTo("s");
              assertThat(found.target()).isEqualTo("t");
              assertThat(found.updated()).isEqualTo("1970-01-01T00:00:02Z");
            });
  }

  @Test
  void whatIsAcceptedIsForgotten() {
    databases.create("_replicator");
    refusals.save("x", "s", "t", List.of(ONE));
    refusals.save("x", "s", "t", List.of());

    assertThat(refusals.load("x")).isEmpty();
    assertThat(refusals.all()).isEmpty();
    assertThat(refusals.forget("x")).isFalse();
  }

  @Test
  void whatBelongedToADroppedDatabaseIsForgotten() {
    databases.create("_replicator");
    refusals.save("from", "clinic", "http://centre/db/", List.of(ONE));
    refusals.save("to", "http://centre/db/", "clinic", List.of(ONE));
    refusals.save("other", "clinic2", "http://centre/clinic/", List.of(ONE));
    refusals.dropped("clinic");

    assertThat(refusals.all()).extracting(StoredRefusals.Refused::base).containsExactly("other");
  }

  @Test
  void otherLocalDocumentsAreNotMeant() {
    databases
        .create("_replicator")
        .orElseThrow()
        .store()
        .local()
        .put(DocId.of("_local/zzz"), 0, Body.parse("{}"));
    for (int i = 0; i < 250; i++) {
      refusals.save("x" + i, "s", "t", List.of(ONE));
    }
    databases
        .find("_replicator")
        .orElseThrow()
        .store()
        .local()
        .put(DocId.of("_local/a"), 0, Body.parse("{}"));

    assertThat(refusals.all()).hasSize(250);
  }

  @Test
  void theOldestGoWhenThereAreTooMany() {
    databases.create("_replicator");
    for (int i = 0; i < StoredRefusals.MOST + 2; i++) {
      refusals.save("x" + i, "s", "t", List.of(ONE));
    }

    assertThat(refusals.all()).hasSize(StoredRefusals.MOST);
    assertThat(refusals.load("x0")).isEmpty();
    assertThat(refusals.load("x1")).isEmpty();
    assertThat(refusals.load("x2")).containsExactly(ONE);
  }

  @Test
  void aLongReasonIsCut() {
    databases.create("_replicator");
    refusals.save("x", "s", "t", List.of(new Refusal("a", "1-a", "error", "r".repeat(10_000))));

    assertThat(refusals.load("x").getFirst().reason()).hasSize(500);
  }

  /** Half a character has no UTF-8: nothing could be stored. */
  @Test
  void aLongReasonIsCutBetweenCharacters() {
    databases.create("_replicator");
    String reason = "x" + "\ud83d\ude00".repeat(500);
    refusals.save("x", "s", "t", List.of(new Refusal("a", "1-a", "error", reason)));

    assertThat(refusals.load("x").getFirst().reason()).isEqualTo(reason.substring(0, 499));
  }

  @Test
  void withoutItsDatabaseNothingIsKept() {
    refusals.save("x", "s", "t", List.of(ONE));

    assertThat(refusals.load("x")).isEmpty();
    assertThat(refusals.all()).isEmpty();
    assertThat(refusals.forget("x")).isFalse();
  }
}
