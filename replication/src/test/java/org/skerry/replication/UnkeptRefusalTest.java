package org.skerry.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.replication.http.HttpPeers;
import org.skerry.replication.http.PlayedDatabase;
import org.skerry.replication.http.PlayedPeer;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;
import org.skerry.store.StoreException;

/** A node whose disk is full cannot remember what was refused, and so passes nothing over. */
@Timeout(300)
class UnkeptRefusalTest {
  private static final ReplicationSpec SPEC =
      ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));

  /** Full until it is not. */
  private static final class Disk implements RefusalLog {
    private List<Refusal> refusals = List.of();
    private boolean full = true;

    @Override
    public List<Refusal> load(String base) {
      return refusals;
    }

    @Override
    public void save(String base, String source, String target, List<Refusal> now) {
      if (full) {
        throw new StoreException("no room");
      }
      refusals = now;
    }
  }

  @Test
  void whatCannotBeRememberedIsNotPassed() throws IOException {
    Disk disk = new Disk();
    try (Island clinic = new Island("clinic");
        Island centre = new Island("centre");
        PlayedPeer server =
            new PlayedPeer(new PlayedDatabase(centre.peer(), UnkeptRefusalTest::refuses));
        HttpPeers peers = new HttpPeers()) {
      clinic.edit("odd", "{}");
      Peer target = peers.open(server.endpoint());

      Replication first = replicate(clinic.peer(), target, disk);
      assertThat(first.status().state()).isEqualTo(Replication.State.FAILED);
      assertThat(first.lastError().orElseThrow()).hasMessageContaining("no room");
      assertThat(passed(clinic, first)).contains("\"source_last_seq\":\"0\"");

      disk.full = false;
      Replication second = replicate(clinic.peer(), target, disk);
      assertThat(second.status().state()).isEqualTo(Replication.State.COMPLETED);
      assertThat(disk.refusals).extracting(Refusal::id).containsExactly("odd");
      assertThat(passed(clinic, second)).doesNotContain("\"source_last_seq\":\"0\"");
    }
  }

  private static String passed(Island clinic, Replication replication) {
    String id = replication.id().checkpoint(Optional.empty());
    return new String(clinic.peer().checkpoint(id).orElseThrow().json(), UTF_8);
  }

  private static boolean refuses(String step, HttpExchange exchange) throws IOException {
    if (step.equals("POST _bulk_docs")) {
      PlayedDatabase.fail(exchange, 413, "too_large");
      return true;
    }
    return false;
  }

  private static Replication replicate(Peer source, Peer target, RefusalLog disk) {
    Surroundings surroundings =
        new Surroundings(InstantSource.system(), System::nanoTime, new SplittableRandom(1));
    Replication replication =
        new Replication(
            ReplicationId.of("node", source, target, SPEC),
            source,
            target,
            SPEC,
            surroundings,
            new Patience(new Backoff(Duration.ZERO, Duration.ZERO), 3, false, false),
            Memory.of(disk, System::nanoTime),
            Pipeline::new);
    replication.run();
    return replication;
  }
}
