package org.skerry.replication.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.replication.Backoff;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.peer.Endpoint;
import tools.jackson.databind.json.JsonMapper;

@Timeout(300)
class LinesTest {
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));
  private static final Line CENTRE = new Line("centre.test", 5984);

  private final AtomicBoolean reachable = new AtomicBoolean();
  private final AtomicInteger probes = new AtomicInteger();
  private final AtomicBoolean wanted = new AtomicBoolean(true);
  private final CountDownLatch dropped = new CountDownLatch(1);
  private final BlockingQueue<Line> back = new LinkedBlockingQueue<>();
  private final Lines lines =
      new Lines(
          line -> {
            probes.incrementAndGet();
            return reachable.get();
          },
          QUICK,
          new SplittableRandom(1));

  private final class Ears implements Lines.Listener {
    @Override
    public boolean wants(Line line) {
      if (!wanted.get()) {
        dropped.countDown();
      }
      return wanted.get();
    }

    @Override
    public void back(Line line) {
      back.add(line);
    }
  }

  @AfterEach
  void close() {
    lines.close();
  }

  @Test
  void aHostThatIsBackIsToldOnce() throws InterruptedException {
    lines.listen(new Ears());
    lines.watch(CENTRE);
    lines.watch(CENTRE);
    while (probes.get() < 3) {
      Thread.onSpinWait();
    }
    assertThat(back).isEmpty();
    assertThat(lines.isWatched(CENTRE)).isTrue();
    reachable.set(true);

    assertThat(back.take()).isEqualTo(CENTRE);
    assertThat(lines.isWatched(CENTRE)).isFalse();
    assertThat(back).isEmpty();
  }

  @Test
  void nobodyLooksForAHostThatNobodyNeeds() throws InterruptedException {
    lines.listen(new Ears());
    wanted.set(false);
    lines.watch(CENTRE);
    dropped.await();
    LinesTest.awaitUnwatched(lines, CENTRE);

    assertThat(probes).hasValue(0);
    assertThat(back).isEmpty();
  }

  private static void awaitUnwatched(Lines lines, Line line) {
    while (lines.isWatched(line)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aClosedOneLooksForNobody() {
    lines.listen(new Ears());
    lines.close();
    lines.watch(CENTRE);

    assertThat(lines.isWatched(CENTRE)).isFalse();
  }

  @Test
  void aRealHostIsFoundByItsPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Lines real = new Lines(new SplittableRandom(1))) {
      real.listen(new Ears());
      Line line = new Line("127.0.0.1", socket.getLocalPort());
      real.watch(line);

      assertThat(back.take()).isEqualTo(line);
    }
  }

  @Test
  void aReplicationNeedsTheHostsOfItsEnds() {
    ReplicationSpec spec =
        ReplicationSpec.parse(
            new JsonMapper()
                .readTree(
                    """
                    {"source": "http://Centre.test/a", "target": "https://other.test:6984/b"}
                    """));
    assertThat(Line.of(spec))
        .containsExactly(new Line("centre.test", 80), new Line("other.test", 6984));
    assertThat(Line.of(ReplicationSpec.of(new Endpoint.Local("a"), new Endpoint.Local("b"))))
        .isEmpty();
  }
}
