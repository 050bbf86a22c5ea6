package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program is killed while some write and others read its feed. What readers saw of the
 * feed's pages is there afterwards, at the same place, and nothing is told twice.
 */
@Timeout(900)
class KilledFeedIT {
  private static final Pattern ENTRY =
      Pattern.compile("<entry>.*?<id>([^<]+)</id>.*?/clinic/([^\"]+)\".*?</entry>");
  private static final int ROUNDS = 3;
  private static final int WRITERS = 4;

  @TempDir Path folder;

  /** What a reader saw: pages, each with its entries' ids. */
  private final List<List<String>> seen = new ArrayList<>();

  @Test
  void publishedPagesSurviveSigkill() throws Exception {
    Path data = folder.resolve("data");
    try (NodeProcess node = NodeProcess.start(data)) {
      node.expect(201, "PUT", "/clinic", "");
      node.expect(201, "PUT", "/_feeds", "");
      node.expect(
          201,
          "PUT",
          "/_feeds/patient",
          "{\"database\":\"clinic\",\"type\":\"Patient\",\"page_size\":7,"
              + "\"links\":{\"rest\":\"/clinic/{document}\"}}");
    }
    for (int round = 0; round < ROUNDS; round++) {
      NodeProcess node = NodeProcess.start(data);
      workUntilKilled(node, round);
      try (NodeProcess again = NodeProcess.start(data)) {
        look(again);
      }
    }
    try (NodeProcess node = NodeProcess.start(data)) {
      assertEverythingIsToldOnce(node);
    }
  }

  private void workUntilKilled(NodeProcess node, int round) throws Exception {
    CountDownLatch written = new CountDownLatch(200);
    List<Future<?>> work = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        String prefix = "r" + round + "w" + writer + "n";
        work.add(threads.submit(() -> write(node, prefix, written)));
      }
      work.add(threads.submit(() -> readOn(node)));
      assertThat(written.await(5, TimeUnit.MINUTES)).isTrue();
      node.kill();
    }
    for (Future<?> one : work) {
      one.get();
    }
  }

  private static void write(NodeProcess node, String prefix, CountDownLatch written) {
    try {
      for (int n = 0; ; n++) {
        node.expect(201, "PUT", "/clinic/" + prefix + n, "{\"resourceType\":\"Patient\"}");
        written.countDown();
      }
    } catch (IOException killed) {
      written.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readOn(NodeProcess node) {
    try {
      while (true) {
        look(node);
      }
    } catch (IOException killed) {
      assertThat(killed).isNotNull();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads from the page that may have grown; those before it are compared at the end. */
  private synchronized void look(NodeProcess node) throws IOException, InterruptedException {
    int page = Math.max(1, seen.size());
    String text = node.expect(200, "GET", "/ws/atomfeed/patient/" + page, "");
    while (true) {
      List<String> now = entries(text, 1);
      List<String> before = page <= seen.size() ? seen.get(page - 1) : List.of();
      assertThat(now).hasSizeGreaterThanOrEqualTo(before.size());
      assertThat(now.subList(0, before.size())).isEqualTo(before);
      if (page <= seen.size()) {
        seen.set(page - 1, now);
      } else {
        seen.add(now);
      }
      if (!text.contains("next-archive")) {
        return;
      }
      page++;
      text = node.expect(200, "GET", "/ws/atomfeed/patient/" + page, "");
    }
  }

  private static List<String> entries(String text, int group) {
    List<String> found = new ArrayList<>();
    Matcher entry = ENTRY.matcher(text);
    while (entry.find()) {
      found.add(entry.group(group));
    }
    return found;
  }

  private synchronized void assertEverythingIsToldOnce(NodeProcess node) throws Exception {
    look(node);
    Set<String> told = new HashSet<>();
    for (int page = 1; page <= seen.size(); page++) {
      String text = node.expect(200, "GET", "/ws/atomfeed/patient/" + page, "");
      assertThat(entries(text, 1)).as("page " + page).isEqualTo(seen.get(page - 1));
      for (String document : entries(text, 2)) {
        assertThat(told.add(document)).as(document + " is told once").isTrue();
      }
    }
    String all = node.expect(200, "GET", "/clinic/_all_docs?limit=0", "");
    assertThat(all).contains("\"total_rows\":" + told.size() + ",");
  }
}
