package org.skerry.replication.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ProposedRevision;
import org.skerry.database.WriteGuard;

/** What a target does not want is kept, over restarts, until it is taken. */
@Timeout(300)
class RefusedDocumentsTest {
  private final ScheduledNode node = new ScheduledNode();
  private final StoredRefusals refusals =
      new StoredRefusals(node.databases, InstantSource.system());
  private final AtomicBoolean picky = new AtomicBoolean(true);

  @BeforeEach
  void refuse() {
    node.databases.guard(
        "b",
        new WriteGuard() {
          @Override
          public Verdict judge(Database database, ProposedRevision revision, Author author) {
            boolean bad = picky.get() && revision.id().text().startsWith("bad");
            return bad ? Verdict.forbidden("not here") : Verdict.PASS;
          }
        });
    node.database("b");
    for (String id : new String[] {"bad1", "bad2", "good"}) {
      node.write("a", id, "{}");
    }
  }

  @AfterEach
  void close() {
    node.close();
  }

  private StoredRefusals.Refused only() {
    assertThat(refusals.all()).hasSize(1);
    return refusals.all().getFirst();
  }

  @Test
  void whatAFinishedReplicationWasRefusedIsSentAgainByHand() {
    Schedule schedule = node.start();
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\"}");
    ScheduledNode.await(() -> node.state("job").equals("completed"));
    assertThat(node.document("b", "good")).isPresent();
    assertThat(only().refusals()).extracting("id").containsExactly("bad1", "bad2");
    assertThat(only().refusals()).extracting("reason").containsOnly("not here");
    assertThat(only().source()).isEqualTo("a");

    assertThat(schedule.retryRefused(only().base())).contains(0);
    assertThat(only().refusals()).hasSize(2);
    picky.set(false);
    assertThat(schedule.retryRefused(only().base())).contains(2);
    assertThat(node.document("b", "bad1")).isPresent();
    assertThat(refusals.all()).isEmpty();
  }

  @Test
  void aRestartForgetsNothing() {
    Schedule schedule = node.start();
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}");
    ScheduledNode.await(() -> node.document("b", "good").isPresent());
    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("running"));
    node.write("_replicator", "job", "");
    ScheduledNode.await(() -> node.replicator.running().isEmpty());
    String base = only().base();

    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}");
    node.write("a", "bad3", "{}");
    ScheduledNode.await(() -> running(base) == 3);
    picky.set(false);
    assertThat(schedule.retryRefused(base)).contains(3);
    assertThat(running(base)).isZero();
    assertThat(refusals.all()).isEmpty();
  }

  /** As by a centre that lets in later what came before its patient, or by somebody else. */
  @Test
  void whatCameToTheTargetMeanwhileIsNotListed() {
    node.start();
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\"}");
    ScheduledNode.await(() -> node.state("job").equals("completed"));
    assertThat(only().refusals()).extracting("id").containsExactly("bad1", "bad2");

    picky.set(false);
    node.write("b", "bad1", "{}");
    picky.set(true);
    node.write("_replicator", "job", "");
    node.write("_replicator", "again", "{\"source\":\"a\",\"target\":\"b\"}");
    ScheduledNode.await(() -> node.state("again").equals("completed"));
    assertThat(only().refusals()).extracting("id").containsExactly("bad2");
  }

  /** The job has the same name; what its other source's documents were refused is not its own. */
  @Test
  void aNewDatabaseOfTheSameNameHasNoRefusalsOfItsPredecessor() {
    node.start();
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\"}");
    ScheduledNode.await(() -> node.state("job").equals("completed"));
    assertThat(only().refusals()).extracting("id").containsExactly("bad1", "bad2");

    node.databases.drop("a");
    node.write("a", "bad2", "{\"n\":2}");
    node.write("_replicator", "job", "");
    node.write("_replicator", "again", "{\"source\":\"a\",\"target\":\"b\"}");
    ScheduledNode.await(() -> node.state("again").equals("completed"));
    assertThat(only().refusals()).extracting("id").containsExactly("bad2");
  }

  private int running(String base) {
    return node.replicator.find(base).map(status -> status.refusals().size()).orElse(-1);
  }

  @Test
  void nobodyKnowsThePasswordsOfWhatNobodyAsksFor() {
    Schedule schedule = node.start();
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\"}");
    ScheduledNode.await(() -> node.state("job").equals("completed"));
    String base = only().base();
    node.write("_replicator", "job", "");

    assertThat(schedule.retryRefused(base)).isEqualTo(Optional.empty());
  }
}
