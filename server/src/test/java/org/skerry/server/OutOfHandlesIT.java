package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real program meets the limit of its file handles, and goes on when there are some again. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "limits file handles as Linux does")
@Timeout(300)
class OutOfHandlesIT {
  private static final int BODY = 1 << 20;
  private static final int FEW = 400;
  private static final int ENOUGH = 4_096;

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(7);

  private String document() {
    byte[] bytes = new byte[BODY];
    random.nextBytes(bytes);
    return "{\"text\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
  }

  @Test
  void writesAreRefusedAndReadsGoOnUntilThereAreHandles() throws Exception {
    Path data = folder.resolve("data");
    List<String> acknowledged = new ArrayList<>(List.of("first"));
    NodeProcess node = NodeProcess.start(data);
    node.expect(201, "PUT", "/db", "");
    node.expect(201, "PUT", "/db/first", "{\"n\":1}");
    node.expect(200, "GET", "/db/first", "");
    // Fewer than are open: nothing can be opened any more, and nothing is closed.
    node.limitHandles(8);
    HttpResponse<String> refusal = fill(node, acknowledged);
    assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(503);
    assertThat(refusal.body()).contains("service_unavailable", "no file handles");
    assertAllThere(node, acknowledged);
    assertThat(node.send("GET", "/_up", "").body()).contains("store_failed");

    node.limitHandles(ENOUGH);
    awaitWrites(node);
    assertAllThere(node, acknowledged);
    assertThat(node.send("GET", "/_up", "").body()).contains("ok");
    node.kill();
    try (NodeProcess again = NodeProcess.start(data)) {
      assertAllThere(again, acknowledged);
    }
  }

  /** Writes until the node refuses; returns how. */
  private HttpResponse<String> fill(NodeProcess node, List<String> acknowledged) throws Exception {
    while (true) {
      String id = "d" + acknowledged.size();
      HttpResponse<String> answer = node.send("PUT", "/db/" + id, document());
      if (answer.statusCode() != 201) {
        return answer;
      }
      acknowledged.add(id);
    }
  }

  private static void assertAllThere(NodeProcess node, List<String> ids) throws Exception {
    for (String id : ids) {
      node.expect(200, "GET", "/db/" + id, "");
    }
  }

  private static void awaitWrites(NodeProcess node) throws Exception {
    for (int i = 0; node.send("PUT", "/db/after" + i, "{}").statusCode() != 201; i++) {
      LockSupport.parkNanos(100_000_000);
    }
  }

  @Test
  void connectionsBeyondTheirShareLeaveTheStoreItsFiles() throws Exception {
    try (NodeProcess node = NodeProcess.startWithHandles(folder.resolve("data"), FEW)) {
      node.expect(201, "PUT", "/db", "");
      List<Socket> idle = new ArrayList<>();
      for (int i = 0; i < FEW; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.url().getPort());
        socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        idle.add(socket);
      }
      // Over the connection that this client has.
      node.expect(201, "PUT", "/db/a", document());
      node.expect(200, "GET", "/db/a", "");
      for (Socket socket : idle) {
        close(socket);
      }
      try (HttpClient another = HttpClient.newHttpClient()) {
        assertThat(
                another.send(node.request("/db/a").build(), BodyHandlers.ofString()).statusCode())
            .isEqualTo(200);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was given up by the other side.
      return;
    }
  }
}
