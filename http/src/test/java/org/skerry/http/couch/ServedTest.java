package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.http.Authenticator;
import org.skerry.http.HttpServer;
import org.skerry.http.HttpSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API over a real server. */
@Timeout(300)
class ServedTest {
  private final CouchNode node = new CouchNode();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    Authenticator administrator =
        caller -> Optional.of(new Authenticator.SignedIn(CouchNode.ADMIN, List.of()));
    server =
        HttpServer.start(HttpSettings.defaults().at("127.0.0.1", 0), node.router(), administrator);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    node.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(String method, String path, String json) throws Exception {
    return client.send(
        to(path).method(method, HttpRequest.BodyPublishers.ofString(json)).build(),
        BodyHandlers.ofString());
  }

  private void writeMany(int count) throws Exception {
    String documents =
        IntStream.range(0, count)
            .mapToObj(i -> String.format("{\"_id\":\"doc-%06d\",\"pad\":\"%0100d\"}", i, i))
            .collect(Collectors.joining(","));
    assertThat(send("POST", "/db/_bulk_docs", "{\"docs\":[" + documents + "]}").statusCode())
        .isEqualTo(201);
  }

  @Test
  void longListingsArriveWhole() throws Exception {
    send("PUT", "/db", "");
    writeMany(5_000);
    for (String path :
        new String[] {"/db/_all_docs?include_docs=true", "/db/_changes?include_docs=true"}) {
      HttpResponse<String> answer = send("GET", path, "");
      JsonNode json = new JsonMapper().readTree(answer.body());
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(json.path(path.contains("changes") ? "results" : "rows").size()).isEqualTo(5_000);
    }
  }

  @Test
  void headsHaveNoBodies() throws Exception {
    send("PUT", "/db", "");
    for (String path : new String[] {"/", "/db", "/db/_all_docs", "/db/_changes?feed=continuous"}) {
      HttpResponse<String> answer = send("HEAD", path, "");
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).isEmpty();
    }
    assertThat(send("HEAD", "/nowhere", "").statusCode()).isEqualTo(404);
  }

  @Test
  void theWrongMethodIsNamed() throws Exception {
    send("PUT", "/db", "");
    HttpResponse<String> answer = send("GET", "/db/_bulk_docs", "");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.body()).contains("method_not_allowed");
  }

  @Test
  void aLiveFeedShowsAWriteAsItHappens() throws Exception {
    send("PUT", "/db", "");
    HttpResponse<InputStream> feed =
        client.send(
            to("/db/_changes?feed=continuous&heartbeat=50").build(), BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(feed.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).as("a heartbeat").isEmpty();
      for (String id : new String[] {"a", "b"}) {
        assertThat(send("POST", "/db", "{\"_id\":\"" + id + "\"}").statusCode()).isEqualTo(201);
        assertThat(nextRow(lines)).contains("\"id\":\"" + id + "\"");
      }
    }
  }

  private static String nextRow(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && line.isEmpty()) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }
}
