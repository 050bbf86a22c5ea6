package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.LiveChanges;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerInfo;

class LiveReplicationTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");
  private final Peer source = clinic.peer();
  private final Peer target = centre.peer();
  private final ReplicationSpec spec =
      ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre")).continuous();

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  /** Looks until it is so; how long that takes is nobody's claim. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for %s", PATIENCE).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private Replication replication() {
    return new Replication(
        ReplicationId.of("node", source, target, spec),
        source,
        target,
        spec,
        Surroundings.system());
  }

  @Test
  void whatIsWrittenLaterArrivesToo() {
    clinic.edit("before", "{}");
    Replication replication = replication();
    Thread running = Thread.ofVirtual().start(replication::run);
    await(() -> centre.document("before").isPresent());
    for (int i = 0; i < 20; i++) {
      clinic.edit("later-" + i, "{}");
      String id = "later-" + i;
      await(() -> centre.document(id).isPresent());
    }
    replication.cancel();
    ReplicationTest.join(running);

    assertThat(replication.status().state()).isEqualTo(Replication.State.CANCELLED);
    assertThat(replication.status().counts().docsWritten()).isEqualTo(21);
  }

  @Test
  void aLinkThatHasAllIsNotBehind() {
    clinic.edit("a", "{}");
    Replication replication = replication();
    assertThat(replication.status().behindSince()).as("before it ran").isPresent();
    Thread running = Thread.ofVirtual().start(replication::run);
    await(() -> replication.status().behindSince().isEmpty());
    assertThat(centre.document("a")).isPresent();
    clinic.edit("b", "{}");
    await(() -> centre.document("b").isPresent());
    await(() -> replication.status().behindSince().isEmpty());
    replication.cancel();
    ReplicationTest.join(running);
  }

  @Test
  void aCancelledOneLeavesACheckpointOfAllItDid() {
    clinic.edit("a", "{}");
    Replication first = replication();
    Thread running = Thread.ofVirtual().start(first::run);
    await(() -> first.status().doneSeq().startsWith("1-"));
    first.cancel();
    ReplicationTest.join(running);

    byte[] json = target.checkpoint(first.id().base()).orElseThrow().json();
    assertThat(Checkpoint.parse(json).orElseThrow().sourceLastSeq()).startsWith("1-");
  }

  @Test
  void aTargetThatIsCreatedAnewIsFilledAgain() {
    clinic.edit("a", "{}");
    Replication replication = replication();
    Thread running = Thread.ofVirtual().start(replication::run);
    await(() -> centre.document("a").isPresent());
    centre.recreate();
    clinic.edit("b", "{}");
    await(() -> centre.document("b").isPresent());
    replication.cancel();
    ReplicationTest.join(running);

    Replication again = replication();
    Thread second = Thread.ofVirtual().start(again::run);
    await(() -> centre.fingerprint().equals(clinic.fingerprint()));
    again.cancel();
    ReplicationTest.join(second);
  }

  /** A peer that says every moment that nothing has changed. */
  private static final class Restless extends DelegatingPeer {
    Restless(Peer peer) {
      super(peer);
    }

    @Override
    public LiveChanges follow(ChangesQuery query) {
      LiveChanges live = super.follow(query);
      return new LiveChanges() {
        @Override
        public Optional<ChangesPage> next(int limit, Duration wait) throws InterruptedException {
          return live.next(limit, Duration.ofMillis(1));
        }

        @Override
        public void close() {
          live.close();
        }
      };
    }
  }

  /** A target that does not say which instance it is, as CouchDB 2. */
  private static final class Nameless extends DelegatingPeer {
    Nameless(Peer peer) {
      super(peer);
    }

    @Override
    public Optional<PeerInfo> info() {
      return super.info().map(info -> new PeerInfo(info.updateSeq(), "", info.site()));
    }

    @Override
    public String ensureFullCommit() {
      super.ensureFullCommit();
      return "";
    }
  }

  /**
   * @param checkpoints whether they are used
   * @param far whether the target is another node's, which is asked now and then
   * @param once whether everything was replicated before, so that the live one begins at the end
   * @param named whether the target says which instance it is
   */
  @ParameterizedTest
  @CsvSource({
    "true, false, true, true",
    "false, false, true, true",
    "true, true, true, true",
    "true, false, false, true",
    "false, false, false, true",
    "true, true, false, true",
    "true, false, true, false",
    "true, true, true, false"
  })
  void aTargetThatIsCreatedAnewIsFilledThoughNothingChanges(
      boolean checkpoints, boolean once, boolean far, boolean named) {
    Endpoint.Remote elsewhere =
        new Endpoint.Remote(URI.create("http://127.0.0.1:1/b"), Optional.empty(), Map.of());
    ReplicationSpec often =
        new ReplicationSpec(
            spec.source(),
            far ? elsewhere : spec.target(),
            spec.selection(),
            true,
            false,
            false,
            Optional.empty(),
            checkpoints,
            Duration.ZERO);
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    Replication replication =
        new Replication(
            ReplicationId.of("node", source, target, often),
            new Restless(source),
            named ? target : new Nameless(target),
            often,
            new Surroundings(() -> Instant.now().plus(ahead.get()), new SplittableRandom(1)),
            new Backoff(Duration.ZERO, Duration.ZERO),
            Pipeline::new);
    clinic.edit("a", "{}");
    if (once) {
      Replication first = replication();
      Thread running = Thread.ofVirtual().start(first::run);
      await(() -> first.status().checkpointedSeq().startsWith("1-"));
      first.cancel();
      ReplicationTest.join(running);
    }
    Thread running = Thread.ofVirtual().start(replication::run);
    String checkpointed = checkpoints ? "1-" : "0";
    await(() -> replication.status().doneSeq().startsWith("1-"));
    await(() -> replication.status().checkpointedSeq().startsWith(checkpointed));
    centre.recreate();
    if (far) {
      ahead.set(named ? Tuning.IDLE_CHECK : Tuning.LONG_IDLE_CHECK);
    }
    await(() -> centre.document("a").isPresent());
    replication.cancel();
    ReplicationTest.join(running);
  }

  /** Neither to try again nor to write a checkpoint. */
  @Test
  void aClockThatIsSetBackMakesNobodyWait() {
    clinic.edit("a", "{}");
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ofDays(365));
    AtomicReference<Boolean> away = new AtomicReference<>(true);
    Peer far =
        new DelegatingPeer(source) {
          @Override
          public Optional<PeerInfo> info() {
            if (away.get()) {
              throw new PeerException(PeerException.Kind.UNREACHABLE, "not yet");
            }
            return super.info();
          }
        };
    Replication replication =
        new Replication(
            ReplicationId.of("node", source, target, spec),
            far,
            target,
            spec,
            new Surroundings(() -> Instant.now().plus(ahead.get()), new SplittableRandom(1)),
            new Backoff(Duration.ofMillis(100), Duration.ofMillis(100)),
            Pipeline::new);
    Thread running = Thread.ofVirtual().start(replication::run);
    await(() -> replication.status().state() == Replication.State.BACKING_OFF);
    ahead.set(Duration.ZERO); // the network is there, and with it the time
    away.set(false);
    await(() -> replication.status().checkpointedSeq().startsWith("1-"));
    ahead.set(Duration.ofDays(-365));
    clinic.edit("b", "{}");
    await(() -> replication.status().checkpointedSeq().startsWith("2-"));
    replication.cancel();
    ReplicationTest.join(running);
  }
}
