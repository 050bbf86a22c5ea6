package org.skerry.replication;

import java.time.Duration;
import org.skerry.replication.peer.Peer;

/** Replications that try again without waiting. */
final class AtOnce {
  private static final Backoff BACKOFF = new Backoff(Duration.ZERO, Duration.ZERO);

  private AtOnce() {}

  static Replication replication(Peer source, Peer target, ReplicationSpec spec) {
    return new Replication(
        ReplicationId.of("node", source, target, spec),
        source,
        target,
        spec,
        Surroundings.system(),
        BACKOFF,
        Pipeline::new);
  }
}
