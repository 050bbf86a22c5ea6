package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program with a heap of 96 MB, and more than that going through it. */
class SmallHeapIT {
  private static final List<String> HEAP = List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError");
  private static final Pattern LAST_SEQ = Pattern.compile("\"last_seq\":\"([^\"]+)\"");
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path folder;

  private NodeProcess node;

  @BeforeEach
  void start() throws Exception {
    node = NodeProcess.start(folder.resolve("data"), 0, HEAP);
    node.expect(201, "PUT", "/db", "");
  }

  @AfterEach
  void theNodeIsStillThereAndEnds() throws Exception {
    try (NodeProcess ending = node) {
      ending.expect(200, "GET", "/db", "");
    }
  }

  /** So many megabytes, each of its own; equal ones would be stored once. */
  private static InputStream megabytes(int count) {
    List<InputStream> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new Patterned(i, MEGABYTE));
    }
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  /** Bytes that follow from their place. */
  private static final class Patterned extends InputStream {
    private final int seed;
    private int left;

    Patterned(int seed, int length) {
      this.seed = seed;
      this.left = length;
    }

    @Override
    public int read() {
      return left == 0 ? -1 : (--left * 31 + seed >> 3) & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = Math.min(length, left);
      for (int i = 0; i < count; i++) {
        target[offset + i] = (byte) (--left * 31 + seed >> 3);
      }
      return count;
    }
  }

  @Test
  void anAttachmentThreeTimesAsLargeGoesInAndOut() throws Exception {
    int size = 300;
    HttpResponse<String> stored =
        node.client()
            .send(
                node.request("/db/a/large")
                    .header("Content-Type", "application/octet-stream")
                    .PUT(BodyPublishers.ofInputStream(() -> megabytes(size)))
                    .build(),
                BodyHandlers.ofString());
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
    HttpResponse<InputStream> read =
        node.client().send(node.request("/db/a/large").build(), BodyHandlers.ofInputStream());
    assertThat(read.headers().firstValueAsLong("Content-Length")).hasValue((long) size * MEGABYTE);
    try (InputStream body = read.body();
        InputStream expected = megabytes(size)) {
      for (int i = 0; i < size; i++) {
        assertThat(body.readNBytes(MEGABYTE)).isEqualTo(expected.readNBytes(MEGABYTE));
      }
      assertThat(body.read()).isEqualTo(-1);
    }
  }

  @Test
  void aLongListingIsReadWhileHundredsWait() throws Exception {
    int batches = 25;
    int each = 1000;
    String pad = "x".repeat(4000);
    for (int batch = 0; batch < batches; batch++) {
      StringBuilder docs = new StringBuilder("{\"docs\":[");
      for (int i = 0; i < each; i++) {
        String id = String.format("%06d", batch * each + i);
        docs.append(i == 0 ? "" : ",")
            .append("{\"_id\":\"" + id + "\",\"pad\":\"" + pad + id + "\"}");
      }
      node.expect(201, "POST", "/db/_bulk_docs", docs.append("]}").toString());
    }
    List<CompletableFuture<HttpResponse<String>>> waiting = waiting(400);
    for (String path :
        List.of("/db/_all_docs?include_docs=true", "/db/_changes?include_docs=true")) {
      assertThat(length(path)).isGreaterThan((long) batches * each * pad.length());
    }
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    node.expect(201, "PUT", "/db/the-one", "{}");
    for (CompletableFuture<HttpResponse<String>> one : waiting) {
      assertThat(one.get(10, TimeUnit.MINUTES).body()).contains("\"id\":\"the-one\"");
    }
  }

  private List<CompletableFuture<HttpResponse<String>>> waiting(int count)
      throws IOException, InterruptedException {
    String info = node.expect(200, "GET", "/db/_changes?since=now&limit=0", "");
    Matcher last = LAST_SEQ.matcher(info);
    assertThat(last.find()).as(info).isTrue();
    String path = "/db/_changes?feed=longpoll&timeout=600000&since=" + last.group(1);
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      waiting.add(node.client().sendAsync(node.request(path).build(), BodyHandlers.ofString()));
    }
    return waiting;
  }

  private long length(String path) throws IOException, InterruptedException {
    try (InputStream body =
        node.client().send(node.request(path).build(), BodyHandlers.ofInputStream()).body()) {
      byte[] chunk = new byte[MEGABYTE];
      long length = 0;
      for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
        length += count;
      }
      return length;
    }
  }
}
