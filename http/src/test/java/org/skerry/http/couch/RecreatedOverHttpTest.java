package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.changes.Wake;
import org.skerry.replication.Replication;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.Surroundings;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.store.Seq;

/** Two nodes, a live replication between them, and databases that are created anew under it. */
@Timeout(300)
class RecreatedOverHttpTest {
  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");
  private final ServedIsland here = new ServedIsland(clinic.databases());
  private final ServedIsland there = new ServedIsland(centre.databases());

  @AfterEach
  void close() {
    here.close();
    there.close();
    clinic.close();
    centre.close();
  }

  /** Waits until the centre has all that the clinic has. */
  private void awaitAll() throws InterruptedException {
    while (true) {
      Seq seen = centre.database().store().now();
      if (centre.fingerprint().entrySet().containsAll(clinic.fingerprint().entrySet())) {
        return;
      }
      assertThat(centre.database().changes().await(seen, Duration.ofMinutes(5)))
          .isEqualTo(Wake.ADVANCED);
    }
  }

  @Test
  void nothingIsPassedOver() throws Exception {
    Endpoint.Remote from = here.endpoint("clinic");
    Endpoint.Remote to = there.endpoint("centre");
    Replication replication =
        new Replication(
            new ReplicationId("0123456789abcdef0123456789abcdef", ""),
            here.peer("clinic"),
            there.peer("centre"),
            ReplicationSpec.of(from, to).continuous(),
            Surroundings.system());
    Thread running = Thread.ofVirtual().start(replication::run);
    try {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 5; i++) {
          clinic.edit("a" + round + i, "{}");
        }
        awaitAll();
        clinic.recreate();
        for (int i = 0; i < 20; i++) {
          clinic.edit("b" + round + i, "{}");
        }
        awaitAll();
        centre.recreate();
        clinic.edit("c" + round, "{}");
        awaitAll();
      }
    } finally {
      replication.cancel();
      running.join();
    }
  }
}
