package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.SettingsReader;

/** Two nodes that take each other for machines apart, and so speak compressed, both ways. */
@Timeout(300)
class FarReplicationTest {
  private static final String PASSWORD = "tide-pool-42";
  private static final String WORDS = "the patient was seen at the clinic, and ".repeat(20);

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  /** Loopback all of it; replications know their own machine by the first address. */
  private Node node(String address) throws IOException {
    return Node.start(
        SettingsReader.read(
            Optional.of(QuickSettings.file()),
            Map.of(SettingsReader.PASSWORD_VARIABLE, PASSWORD),
            Map.of(
                Setting.DATA,
                folder.resolve(address).toString(),
                Setting.BIND,
                address,
                Setting.PORT,
                "0")));
  }

  private String send(Node node, String method, String path, String body) throws Exception {
    byte[] credentials = ("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url()).resolve(path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private static String documents() {
    return IntStream.range(0, 300)
        .mapToObj(
            i ->
                "{\"_id\":\"d"
                    + i
                    + "\",\"text\":\""
                    + WORDS
                    + i
                    + "\""
                    + (i % 50 == 0
                        ? ",\"_attachments\":{\"note\":{\"content_type\":\"text/plain\",\"data\":\"YWxs\"}}"
                        : "")
                    + "}")
        .collect(Collectors.joining(",", "{\"docs\":[", "]}"));
  }

  private static String replication(String source, String target) {
    return "{\"source\":\"" + source + "\",\"target\":\"" + target + "\",\"create_target\":true}";
  }

  @Test
  void whatIsPushedAndPulledArrivesWhole() throws Exception {
    try (Node here = node("127.0.0.1");
        Node there = node("127.0.0.2")) {
      assertThat(there.url()).contains("127.0.0.2");
      send(here, "PUT", "/a", "");
      send(here, "POST", "/a/_bulk_docs", documents());
      String far = there.url().replace("://", "://admin:" + PASSWORD + "@");
      assertThat(send(here, "POST", "/_replicate", replication("a", far + "/b")))
          .contains("\"docs_written\":300");
      assertThat(send(here, "POST", "/_replicate", replication(far + "/b", "c")))
          .contains("\"docs_written\":300");
      String all = "/_all_docs?include_docs=true&attachments=true";
      assertThat(send(here, "GET", "/c" + all, ""))
          .isEqualTo(send(there, "GET", "/b" + all, ""))
          .isEqualTo(send(here, "GET", "/a" + all, ""));
    } finally {
      client.close();
    }
  }
}
