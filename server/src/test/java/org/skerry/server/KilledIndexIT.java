package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program is killed while it builds an index, which goes on from where it was. */
class KilledIndexIT {
  private static final Pattern DONE = Pattern.compile("\"update_seq\":([0-9]+)");
  private static final int DOCUMENTS = 12_000;
  private static final int BATCH = 2_000;
  private static final int ROUNDS = 3;

  @TempDir Path folder;

  /** The same map under two names is two indexes when their sources differ in a comment. */
  private static String design(String comment) {
    return "{\"views\":{\"v\":{\"map\":\"function (doc) { /* "
        + comment
        + " */ emit([doc.n % 7, doc.n], doc.n); if (doc.n % 3 == 0) emit('third', 1); }\","
        + "\"reduce\":\"_stats\"}}}";
  }

  @Test
  void anIndexAfterAKillEqualsOneThatIsBuiltAnew() throws Exception {
    Path data = folder.resolve("data");
    NodeProcess node = NodeProcess.start(data);
    node.expect(201, "PUT", "/db", "");
    node.expect(201, "PUT", "/db/_design/killed", design("killed"));
    for (int round = 0; round < ROUNDS; round++) {
      for (int from = 0; from < DOCUMENTS; from += BATCH) {
        load(node, round, from);
      }
      killWhileItBuilds(node);
      node = NodeProcess.start(data);
      node.expect(201, "PUT", "/db/_design/anew" + round, design("anew" + round));
      for (String query :
          new String[] {"", "?group_level=1", "?reduce=false&skip=100&limit=3000", "?group=true"}) {
        String killed = node.expect(200, "GET", "/db/_design/killed/_view/v" + query, "");
        String anew = node.expect(200, "GET", "/db/_design/anew" + round + "/_view/v" + query, "");
        assertThat(killed).as("round %d, query %s", round, query).isEqualTo(anew);
      }
    }
    node.close();
  }

  /** Some documents are new, some change, some go. */
  private static void load(NodeProcess node, int round, int from) throws Exception {
    StringBuilder docs = new StringBuilder("{\"docs\":[");
    for (int i = from; i < from + BATCH; i++) {
      docs.append(i == from ? "" : ",")
          .append("{\"_id\":\"r" + round + "-" + i + "\",\"n\":" + (i + round) + "}");
    }
    node.expect(201, "POST", "/db/_bulk_docs", docs.append("]}").toString());
    if (round > 0 && from == 0) {
      Matcher rev =
          Pattern.compile("\"_rev\":\"([^\"]+)\"")
              .matcher(node.expect(200, "GET", "/db/r0-" + round, ""));
      assertThat(rev.find()).isTrue();
      node.expect(200, "DELETE", "/db/r0-" + round + "?rev=" + rev.group(1), "");
    }
  }

  /** Asks for the view in the background, and kills the node when a part of it is there. */
  private static void killWhileItBuilds(NodeProcess node) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Thread asking =
        Thread.ofVirtual()
            .start(
                () -> {
                  asked.countDown();
                  try {
                    node.send("GET", "/db/_design/killed/_view/v", "");
                  } catch (IOException killed) {
                    System.err.println("as expected, the node was killed: " + killed);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    asked.await();
    long before = done(node);
    long now = before;
    for (int look = 0; look < 5 && now == before; look++) {
      now = done(node);
    }
    node.kill();
    asking.join();
  }

  private static long done(NodeProcess node) throws Exception {
    Matcher done = DONE.matcher(node.expect(200, "GET", "/db/_design/killed/_info", ""));
    assertThat(done.find()).isTrue();
    return Long.parseLong(done.group(1));
  }
}
