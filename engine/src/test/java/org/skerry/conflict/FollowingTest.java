package org.skerry.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.audit.AuditLog;
import org.skerry.database.Database;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.store.DocumentStore;
import org.skerry.store.RevisionWrite;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.subset.Placement;

/** Lists that follow their databases in the background, over restarts and damage. */
@Timeout(300)
class FollowingTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);

  private final Island island = new Island();

  @AfterEach
  void close() {
    island.close();
  }

  private Conflicts again() {
    return new Conflicts(island.databases, island.lists, SCRIPTS, AuditLog.NONE, () -> island.now);
  }

  private void conflict(String id) {
    RevId first = island.create(id, "{'a':1,'b':1}");
    Island other = new Island();
    island.push(other);
    island.edit(id, first, "{'a':2,'b':1}");
    other.edit(id, first, "{'a':1,'b':2}");
    other.push(island);
    other.close();
  }

  @Test
  void conflictsAreSettledAsTheyArise() throws InterruptedException {
    island.policy("[{'name':'m','selector':{},'method':'merge'}]");
    Database database = island.database;
    try (Conflicts following = again().start()) {
      conflict("p");
      while (island.live("p").size() > 1) {
        database.changes().await(database.store().now(), LONG);
      }
      assertThat(island.body("p")).contains("'a':2").contains("'b':2");
      assertThat(following.list(database, ConflictQuery.first(1)).total()).isZero();
    }
  }

  @Test
  void whatAroseWhileNobodyLookedIsSettledAtTheStart() throws InterruptedException {
    island.policy("[{'name':'m','selector':{},'method':'merge'}]");
    conflict("p");
    Database database = island.database;
    try (Conflicts following = again().start()) {
      while (island.live("p").size() > 1) {
        database.changes().await(database.store().now(), LONG);
      }
      assertThat(following.row(database, DocId.of("p"))).isEmpty();
    }
  }

  @Test
  void aListIsTheSameAfterARestart() {
    conflict("p");
    ConflictPage before = island.settle();
    island.now = island.now.plusSeconds(1_000);
    ConflictPage after = again().list(island.database, ConflictQuery.first(100));
    assertThat(after).isEqualTo(before);
  }

  /** The list as a release before left it, whose rules left the conflict of that name open. */
  private void listedBefore(String id, String policy) {
    DocumentStore store = island.database.store();
    ConflictIndex index = new ConflictIndex(island.lists.open(store.incarnation() + "/.conflicts"));
    index.put(
        new ConflictRow(
            DocId.of(id),
            "",
            island.now,
            island.live(id).stream().map(RevId::toString).toList(),
            List.of("/meta/lastUpdated"),
            ConflictRow.State.OPEN,
            "former rules"));
    index.write(new ConflictIndex.State(store.now(), store.purges().last(), policy));
  }

  @Test
  void whatFormerRulesOfTheNodeLeftOpenIsLookedAtOnceMoreByItself() throws InterruptedException {
    island.policy("[{'name':'m','selector':{},'method':'merge'}]");
    conflict("p");
    Database database = island.database;
    listedBefore("p", island.conflicts.policy(database).version().orElseThrow().toString());
    try (Conflicts following = again().start()) {
      while (island.live("p").size() > 1) {
        database.changes().await(database.store().now(), LONG);
      }
      assertThat(following.row(database, DocId.of("p"))).isEmpty();
    }
  }

  @Test
  void rulesThatCannotBeUnderstoodAreNoneAtEachStart() {
    conflict("p");
    DocumentStore store = island.database.store();
    // As a release may have written them that knows more of rules.
    store.commit(
        List.of(
            new RevisionWrite.Edit(
                DocId.of(Policy.DOCUMENT),
                Optional.empty(),
                RevId.of(1, new byte[16]),
                false,
                Body.parse("{\"conflicts\":{\"rules\":[{\"method\":\"ask the sea\"}]}}"),
                List.of(),
                Placement.NONE)));
    assertThat(again().isBehind(store)).as("nobody looked yet").isTrue();
    island.settle();
    assertThat(island.conflicts.policy(island.database).problem()).isPresent();
    assertThat(again().isBehind(store)).isFalse();
    island.policy("[{'name':'m','selector':{},'method':'merge'}]");
    assertThat(again().isBehind(store)).as("there are rules").isTrue();
  }

  @Test
  void soItIsWithoutAPolicy() {
    conflict("p");
    listedBefore("p", "");
    ConflictRow row = island.settle().rows().getFirst();
    assertThat(row.open()).doesNotContain("/meta/lastUpdated");
    assertThat(row.reason()).isNotEqualTo("former rules");
  }

  @Test
  void aNewListIsCompleteWithoutAnybodysReview() {
    try (Conflicts following = again().start()) {
      assertThat(following.list(island.database, ConflictQuery.first(1)).complete()).isTrue();
    }
  }

  @Test
  void aDamagedListIsMadeAnew() {
    conflict("p");
    island.settle();
    OrderedSpace space =
        island.lists.find(island.database.store().incarnation() + "/.conflicts").orElseThrow();
    space.write(new OrderedBatch().put(IndexKeys.of(IndexKeys.STATE), new byte[] {9}));
    assertThat(again().list(island.database, ConflictQuery.first(100)).total()).isEqualTo(1);
  }

  @Test
  void aListGoesWithItsDatabase() {
    conflict("p");
    island.settle();
    String life = island.database.store().incarnation();
    island.databases.drop("clinic");
    assertThat(island.lists.find(life + "/.conflicts")).isEmpty();
  }

  @Test
  void settlementsArePagedBothWays() {
    island.policy("[{'name':'m','selector':{},'method':'merge'}]");
    for (int i = 0; i < 5; i++) {
      island.now = island.now.plusSeconds(1);
      conflict("p" + i);
      island.settle();
    }
    for (boolean descending : List.of(true, false)) {
      SettlementPage page =
          island.conflicts.settlements(
              island.database, Optional.empty(), Optional.empty(), 3, descending);
      SettlementPage next =
          island.conflicts.settlements(
              island.database, Optional.empty(), page.bookmark(), 3, descending);
      assertThat(page.rows()).hasSize(3);
      assertThat(next.rows()).hasSize(2);
      assertThat(next.bookmark()).isEmpty();
      assertThat(page.rows().getFirst().id().text()).isEqualTo(descending ? "p4" : "p0");
    }
  }
}
