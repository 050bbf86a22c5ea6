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
  private static final Pattern DONE = Pattern.compile("\"changes_done\":([0-9]+)");
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
      killWhileItBuilds(node, "GET", "/db/_design/killed/_view/v", "");
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

  /** What a query finds, without what only this answer says. */
  private static String found(NodeProcess node, String index) throws Exception {
    return node.expect(200, "POST", "/db/_find", find(index)).replaceAll("\"bookmark\".*", "");
  }

  private static String find(String index) {
    return "{\"selector\":{\"n\":{\"$gt\":100}},\"fields\":[\"_id\",\"n\"],\"limit\":50000,"
        + "\"use_index\":\""
        + index
        + "\"}";
  }

  /** The same members under two names are two indexes when one leaves out what is nowhere. */
  private static String index(String name, int least) {
    return "{\"index\":{\"fields\":[\"n\"],\"partial_filter_selector\":{\"n\":{\"$gt\":"
        + least
        + "}}},\"ddoc\":\""
        + name
        + "\"}";
  }

  @Test
  void aMangoIndexAfterAKillEqualsOneThatIsBuiltAnew() throws Exception {
    Path data = folder.resolve("data");
    NodeProcess node = NodeProcess.start(data);
    node.expect(201, "PUT", "/db", "");
    node.expect(200, "POST", "/db/_index", index("killed", -1));
    for (int round = 0; round < ROUNDS; round++) {
      for (int from = 0; from < DOCUMENTS; from += BATCH) {
        load(node, round, from);
      }
      killWhileItBuilds(node, "POST", "/db/_find", find("killed"));
      node = NodeProcess.start(data);
      node.expect(200, "POST", "/db/_index", index("anew" + round, -2 - round));
      String killed = found(node, "killed");
      assertThat(killed).contains("\"r" + round + "-11999\"");
      assertThat(killed).as("round %d", round).isEqualTo(found(node, "anew" + round));
    }
    node.close();
  }

  /** Has the index built in the background, and kills the node when a part of it is there. */
  private static void killWhileItBuilds(NodeProcess node, String method, String path, String body)
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Thread asking =
        Thread.ofVirtual()
            .start(
                () -> {
                  asked.countDown();
                  try {
                    node.send(method, path, body);
                  } catch (IOException killed) {
                    System.err.println("as expected, the node was killed: " + killed);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    asked.await();
    for (int look = 0; look < 50 && !isBuilding(node); look++) {
      // Whoever is not seen building has begun soon, or is ready.
      Thread.onSpinWait();
    }
    node.kill();
    asking.join();
  }

  /** A part of it is written: tasks are shown with what they have done. */
  private static boolean isBuilding(NodeProcess node) throws Exception {
    Matcher done = DONE.matcher(node.expect(200, "GET", "/_active_tasks", ""));
    return done.find() && !done.group(1).equals("0");
  }
}
