package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;

/** An end that fails over some documents, for several runs of a replication. */
abstract class FailingEndCase extends PlayedClinicTest {
  /** Ids; of a played target also a step with an id. */
  final Set<String> failing = ConcurrentHashMap.newKeySet();

  final AtomicLong ticks = new AtomicLong();
  final ReplicationSpec spec =
      ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
  private final Surroundings surroundings =
      new Surroundings(InstantSource.system(), ticks::get, new SplittableRandom(1));
  private final Memory memory = Memory.of(new KeptRefusals(), ticks::get);

  /** Documents of the clinic. */
  void thirty() {
    for (int i = 10; i < 40; i++) {
      clinic.edit("d" + i, "{}");
    }
  }

  /** As a schedule begins it, which knows it from before. */
  Replication replicate(Peer source, Peer target, int attempts) {
    Replication replication =
        new Replication(
            ReplicationId.of("node", source, target, spec),
            source,
            target,
            spec,
            surroundings,
            new Patience(new Backoff(Duration.ZERO, Duration.ZERO), attempts, false, false),
            memory,
            Pipeline::new);
    replication.run();
    return replication;
  }

  static Replication.State state(Replication replication) {
    return replication.status().state();
  }

  static void isRefused(Replication replication, String error, String[] ids) {
    assertThat(state(replication)).isEqualTo(Replication.State.COMPLETED);
    assertThat(replication.status().refusals()).extracting(Refusal::id).containsExactly(ids);
    assertThat(replication.status().refusals()).extracting(Refusal::error).containsOnly(error);
  }
}
