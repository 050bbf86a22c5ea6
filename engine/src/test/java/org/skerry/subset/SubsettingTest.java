package org.skerry.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skerry.changes.Wake;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteGuard;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.scope.ScopeRules;
import org.skerry.store.ChangeRange;
import org.skerry.store.Fields;
import org.skerry.store.Seq;

/** What sites get, whatever becomes of documents, places and rules. */
class SubsettingTest extends SubsetCase {
  @Test
  void aSiteSeesWhatItsRulesGiveIt() {
    rules(PATIENTS);
    site("a", "{}");
    site("b", "{}");
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    put(clinic, "n1", "{\"type\":\"note\",\"patient\":\"p1\"}", Author.SYSTEM);
    put(clinic, "w1", "{\"type\":\"word\"}", Author.SYSTEM);
    put(clinic, "x1", "{\"type\":\"other\"}", Author.SYSTEM);

    assertThat(ids("a")).containsExactly("n1", "p1", "w1");
    assertThat(ids("b")).containsExactly("w1");
  }

  @Test
  void aPatientWhoMovesTakesTheNotesAlong() {
    rules(PATIENTS);
    site("a", "{}");
    site("b", "{}");
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    put(clinic, "n1", "{\"type\":\"note\",\"patient\":\"p1\"}", Author.SYSTEM);
    assertThat(ids("a")).containsExactly("n1", "p1");
    Seq before = as("a").store().now();

    assertThat(put(as("a"), "p1", "{\"type\":\"patient\",\"at\":\"b\"}", Author.SYSTEM))
        .isInstanceOf(WriteResult.Written.class);

    assertThat(ids("a")).isEmpty();
    assertThat(ids("b")).containsExactly("n1", "p1");
    List<String> told = new ArrayList<>();
    as("a")
        .store()
        .changes(
            ChangeRange.after(before, 10),
            Fields.LEAVES,
            document -> told.add(document.id() + " " + document.deleted()));
    assertThat(told).containsExactlyInAnyOrder("p1 true", "n1 true");
  }

  @Test
  void aSiteCannotWriteWhatIsNotItsOwn() {
    rules(PATIENTS);
    site("a", "{}");
    site("b", "{}");
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);

    Stream.of("{\"type\":\"patient\",\"at\":\"a\"}", "{\"type\":\"other\"}")
        .forEach(
            body ->
                assertThat(put(as("b"), "new", body, Author.SYSTEM))
                    .isInstanceOf(WriteResult.Forbidden.class));
    assertThat(put(as("b"), "p1", "{\"type\":\"patient\",\"at\":\"b\"}", Author.SYSTEM))
        .isInstanceOf(WriteResult.Forbidden.class);
  }

  @Test
  void aDistrictSeesItsClinics() {
    rules(PATIENTS);
    site("nation", "{\"type\":\"place\"}");
    site("north", "{\"type\":\"place\",\"parent\":\"nation\"}");
    site("hill", "{\"type\":\"place\",\"parent\":\"north\"}");
    site("office", "{\"place\":\"north\"}");
    site("ministry", "{\"place\":\"nation\",\"depth\":1}");
    site("nurse", "{\"place\":\"hill\"}");
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"hill\"}", Author.SYSTEM);
    put(clinic, "p2", "{\"type\":\"patient\",\"at\":\"north\"}", Author.SYSTEM);

    assertThat(ids("nurse")).containsExactly("p1");
    assertThat(ids("office")).containsExactly("p1", "p2");
    assertThat(ids("ministry")).containsExactly("p2");
  }

  @Test
  void aSiteThatWaitsIsWokenByItsOwnDocumentsAlone() throws InterruptedException {
    rules(PATIENTS);
    site("a", "{}");
    site("b", "{}");
    Seq now = as("a").store().now();
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"b\"}", Author.SYSTEM);
    assertThat(as("a").changes().await(now, Duration.ZERO)).isEqualTo(Wake.TIMEOUT);
    put(clinic, "p2", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    assertThat(as("a").changes().await(now, Duration.ofMinutes(5))).isEqualTo(Wake.ADVANCED);
  }

  @Test
  void aPlaceThatMovesTakesAlongWhatIsBelowIt() {
    rules(PATIENTS);
    site("north", "{\"type\":\"place\"}");
    site("south", "{\"type\":\"place\"}");
    site("hill", "{\"type\":\"place\",\"parent\":\"north\"}");
    site("village", "{\"type\":\"place\",\"parent\":\"hill\"}");
    site("n-office", "{\"place\":\"north\"}");
    site("s-office", "{\"place\":\"south\",\"depth\":1}");
    for (int i = 0; i < 450; i++) {
      String at = i % 2 == 0 ? "hill" : "village";
      put(clinic, "p" + i, "{\"type\":\"patient\",\"at\":\"" + at + "\"}", Author.SYSTEM);
    }
    assertThat(ids("n-office")).hasSize(450);
    assertThat(ids("s-office")).isEmpty();

    site("hill", "{\"type\":\"place\",\"parent\":\"south\"}");

    assertThat(ids("n-office")).isEmpty();
    assertThat(ids("s-office"))
        .hasSize(225)
        .allMatch(id -> Integer.parseInt(id.substring(1)) % 2 == 0);
    site("hill", "{\"type\":\"place\",\"parent\":\"village\"}");
    assertThat(ids("s-office")).isEmpty();
  }

  @Test
  void aSiteThatIsRemovedWhileItReadsIsToldThatAllLeft() {
    rules(PATIENTS);
    site("a", "{}");
    for (int i = 0; i < 30; i++) {
      put(clinic, "p" + i, "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    }
    Set<String> has = new TreeSet<>();
    Database opened = as("a");
    Seq at = pull(opened, Seq.ZERO, 10, has);
    RevId rev = winner(places, "a").orElseThrow();
    places.update(
        new NewRevision(DocId.of("a"), Optional.of(rev), true, Body.EMPTY, List.of()),
        Author.SYSTEM);
    put(clinic, "p30", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    keeper.settle(clinic);
    at = pull(opened, at, Integer.MAX_VALUE, has);
    assertThat(has).isEmpty();
    assertThat(put(opened, "p31", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM))
        .isInstanceOf(WriteResult.Forbidden.class);

    site("a", "{\"name\":\"again\"}");
    pull(opened, at, Integer.MAX_VALUE, has);
    assertThat(has).hasSize(31);
  }

  @Test
  void rulesThatComeLaterReachWhatIsHere() {
    for (int i = 0; i < 500; i++) {
      put(clinic, "p" + i, "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    }
    site("a", "{}");
    rules(PATIENTS);

    assertThat(ids("a")).hasSize(500);
  }

  @Test
  void rulesThatChangeWhileASiteReadsAreFollowedByItsFeed() {
    rules(PATIENTS);
    site("a", "{}");
    for (int i = 0; i < 300; i++) {
      put(clinic, "p" + i, "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    }
    Set<String> has = new TreeSet<>();
    Seq at = pull("a", Seq.ZERO, 100, has);
    assertThat(has).hasSize(100);

    clinic.scope(
        Optional.of(ScopeRules.parse(json("{\"rules\":[{\"type\":\"word\",\"site\":\"/at\"}]}"))));
    put(clinic, "w1", "{\"type\":\"word\",\"at\":\"a\"}", Author.SYSTEM);
    at = pull("a", at, 50, has);
    keeper.settle(clinic);
    at = pull("a", at, Integer.MAX_VALUE, has);
    assertThat(has).containsExactly("w1");

    rules(PATIENTS);
    pull("a", at, Integer.MAX_VALUE, has);
    assertThat(has).hasSize(301);
  }

  @Test
  void rulesThatWereOthersForAMomentReachWhatWasWrittenMeanwhile() {
    site("a", "{}");
    for (int round = 0; round < 20; round++) {
      rules(PATIENTS);
      clinic.scope(Optional.empty());
      put(clinic, "p" + round, "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
      clinic.scope(Optional.of(ScopeRules.parse(json(PATIENTS))));
      assertThat(ids("a")).hasSize(round + 1);
    }
  }

  /** Else whoever writes them at each start would have all documents placed anew. */
  @Test
  void theSameRulesOnceMoreAreNoChange() {
    rules(PATIENTS);
    long edition = clinic.scopeEdition();
    clinic.scope(Optional.of(ScopeRules.parse(json(PATIENTS))));
    assertThat(clinic.scopeEdition()).isEqualTo(edition);
    assertThat(keeper.isBehind(clinic)).isFalse();
    clinic.scope(Optional.empty());
    clinic.scope(Optional.empty());
    assertThat(clinic.scopeEdition()).isEqualTo(edition + 1);
    rules(PATIENTS);
    assertThat(clinic.scopeEdition()).isEqualTo(edition + 2);
  }

  /** As long as a document is being written, the rules by which it was placed are in force. */
  @Test
  void rulesThatChangeReachWhatIsBeingWritten() throws InterruptedException {
    site("a", "{}");
    CountDownLatch judged = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    databases.guard(
        "clinic",
        (database, revision, author) -> {
          judged.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return WriteGuard.Verdict.PASS;
        });
    Thread writer =
        Thread.ofVirtual()
            .start(() -> put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM));
    judged.await();
    Thread ruler = Thread.ofPlatform().start(() -> rules(PATIENTS));
    while (ruler.isAlive() && ruler.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    writer.join();
    ruler.join();
    assertThat(ids("a")).containsExactly("p1");
  }
}
