package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program is killed while it works, and what it acknowledged is there afterwards. */
class KilledNodeIT {
  private static final Pattern REV = Pattern.compile("\"rev\":\"([^\"]+)\"");
  private static final int ROUNDS = 4;
  private static final int WRITERS = 8;

  @TempDir Path folder;

  /** What was acknowledged: the latest revision and value of each document. */
  private final Map<String, Acknowledged> acknowledged = new ConcurrentHashMap<>();

  private record Acknowledged(String rev, int value) {}

  @Test
  void everyAcknowledgedWriteSurvivesSigkill() throws Exception {
    Path data = folder.resolve("data");
    try (NodeProcess node = NodeProcess.start(data)) {
      node.expect(201, "PUT", "/db", "");
    }
    for (int round = 0; round < ROUNDS; round++) {
      NodeProcess node = NodeProcess.start(data);
      writeUntilKilled(node, round, 150 + 100 * round);
      try (NodeProcess again = NodeProcess.start(data)) {
        assertAllThere(again, "/db");
      }
    }
  }

  /**
   * Many write at once, each its own documents, until so many writes were acknowledged; then the
   * kill.
   */
  private void writeUntilKilled(NodeProcess node, int round, int enough) throws Exception {
    CountDownLatch reached = new CountDownLatch(enough);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        int mine = writer;
        writers.execute(() -> write(node, round, mine, reached));
      }
      assertThat(reached.await(10, TimeUnit.MINUTES)).isTrue();
      node.kill();
    }
  }

  private void write(NodeProcess node, int round, int writer, CountDownLatch reached) {
    AtomicInteger counter = new AtomicInteger();
    try {
      while (true) {
        int n = counter.getAndIncrement();
        // Every third write is an edit of the document before.
        String id = "d" + round + "-" + writer + "-" + (n - (n % 3 == 2 ? 1 : 0));
        Acknowledged before = acknowledged.get(id);
        String body =
            before == null
                ? "{\"value\":" + n + "}"
                : "{\"value\":" + n + ",\"_rev\":\"" + before.rev + "\"}";
        String answer = node.expect(201, "PUT", "/db/" + id, body);
        Matcher rev = REV.matcher(answer);
        assertThat(rev.find()).isTrue();
        acknowledged.put(id, new Acknowledged(rev.group(1), n));
        reached.countDown();
      }
    } catch (IOException killed) {
      // The node is gone, as it should be; what was not acknowledged may be there or not.
      reached.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertAllThere(NodeProcess node, String database) throws Exception {
    for (Map.Entry<String, Acknowledged> entry : acknowledged.entrySet()) {
      String path = database + "/" + entry.getKey() + "?rev=" + entry.getValue().rev;
      assertThat(node.expect(200, "GET", path, "")).contains("\"value\":" + entry.getValue().value);
    }
  }

  @Test
  void replicationGoesOnAfterEitherSideWasKilled() throws Exception {
    Path sourceData = folder.resolve("source");
    Path targetData = folder.resolve("target");
    NodeProcess source = NodeProcess.start(sourceData);
    source.expect(201, "PUT", "/db", "");
    NodeProcess target = NodeProcess.start(targetData);
    target.expect(201, "PUT", "/db", "");
    int documents = 0;
    for (int round = 0; round < ROUNDS; round++) {
      documents += load(source, round, 2000);
      String spec = "{\"source\":\"" + source.urlWithCredentials() + "/db\",\"target\":\"db\"}";
      NodeProcess puller = target;
      Thread replicating =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      puller.send("POST", "/_replicate", spec);
                    } catch (IOException killed) {
                      System.err.println("as expected, one side was killed: " + killed);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      awaitUpdate(target);
      if (round % 2 == 0) {
        int port = target.url().getPort();
        target.kill();
        target = NodeProcess.start(targetData, port);
      } else {
        int port = source.url().getPort(); // where the replication under way looks for it
        source.kill();
        source = NodeProcess.start(sourceData, port);
      }
      replicating.join();
      String whole = "{\"source\":\"" + source.urlWithCredentials() + "/db\",\"target\":\"db\"}";
      target.expect(200, "POST", "/_replicate", whole);
      assertThat(target.expect(200, "GET", "/db", "")).contains("\"doc_count\":" + documents);
    }
    source.close();
    target.close();
  }

  private static int load(NodeProcess node, int round, int count) throws Exception {
    StringBuilder docs = new StringBuilder("{\"docs\":[");
    for (int i = 0; i < count; i++) {
      docs.append(i == 0 ? "" : ",")
          .append("{\"_id\":\"r" + round + "-" + i + "\",\"text\":\"" + "x".repeat(400) + "\"}");
    }
    node.expect(201, "POST", "/db/_bulk_docs", docs.append("]}").toString());
    return count;
  }

  /** Waits until the replication under way has written something. */
  private static void awaitUpdate(NodeProcess node) throws Exception {
    node.expect(200, "GET", "/db/_changes?feed=longpoll&since=now&timeout=5000&limit=1", "");
  }
}
