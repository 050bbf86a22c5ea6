package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.SettingsReader;

/**
 * Whoever sends a wrapped request has the rights of that user, and the audit is administrators'.
 */
@Timeout(300)
class ExchangeAccessTest {
  private static final String WRAPPERS = "/ws/rest/sync2";
  private static final String ADMIN = "admin:secret";
  private static final String ANN = "ann:pass-of-ann";

  @TempDir Path folder;
  private Node node;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws IOException, InterruptedException {
    node =
        Node.start(
            SettingsReader.read(
                Optional.of(QuickSettings.file()),
                Map.of(SettingsReader.PASSWORD_VARIABLE, "secret"),
                Map.of(Setting.DATA, folder.resolve("data").toString(), Setting.PORT, "0")));
    for (String database : new String[] {"hers", "others"}) {
      assertThat(ask(ADMIN, "PUT", "/" + database, "").statusCode()).isEqualTo(201);
    }
    ask(
        ADMIN,
        "PUT",
        "/_users/org.couchdb.user:ann",
        "{\"name\":\"ann\",\"password\":\"pass-of-ann\",\"roles\":[],\"type\":\"user\"}");
    ask(ADMIN, "PUT", "/hers/_security", "{\"members\":{\"names\":[\"ann\"]}}");
    ask(ADMIN, "PUT", "/others/_security", "{\"members\":{\"names\":[\"ben\"]}}");
  }

  @AfterEach
  void close() {
    http.close();
    node.close();
  }

  private HttpResponse<String> ask(String login, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (!login.isEmpty()) {
      byte[] pair = login.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private int wrapped(String login, String method, String path)
      throws IOException, InterruptedException {
    String id = path.replaceAll(".*/", "");
    String body = "{\\\"resourceType\\\":\\\"Patient\\\",\\\"id\\\":\\\"" + id + "\\\"}";
    return ask(
            login,
            "POST",
            WRAPPERS,
            "{\"instanceId\":\"child\",\"clientName\":\"fhir\",\"className\":\"x\",\"request\":{"
                + "\"method\":\""
                + method
                + "\",\"url\":\""
                + node.url()
                + path
                + "\",\"body\":\""
                + body
                + "\"}}")
        .statusCode();
  }

  @Test
  void aWrappedRequestHasItsSendersRights() throws IOException, InterruptedException {
    assertThat(wrapped(ANN, "PUT", "/fhir/hers/Patient/1")).isEqualTo(201);
    assertThat(wrapped(ANN, "GET", "/fhir/hers/Patient/1")).isEqualTo(200);
    assertThat(wrapped(ANN, "PUT", "/fhir/others/Patient/1")).isEqualTo(403);
    assertThat(wrapped(ANN, "GET", "/fhir/others/Patient/1")).isEqualTo(403);
    assertThat(wrapped(ANN, "GET", "/fhir/_users/Patient/1")).isIn(403, 404);
    assertThat(wrapped(ANN, "GET", "/ws/rest/sync2/messages")).isEqualTo(401);
    assertThat(wrapped(ADMIN, "GET", "/ws/rest/sync2/messages")).isEqualTo(200);
  }

  @Test
  void nobodyIsAskedWithoutSigningIn() throws IOException, InterruptedException {
    assertThat(wrapped("", "GET", "/fhir/hers/Patient/1")).isEqualTo(401);
    assertThat(wrapped("ann:wrong", "GET", "/fhir/hers/Patient/1")).isEqualTo(401);
    ask(ADMIN, "PUT", "/_node/_local/_config/chttpd/require_valid_user", "\"false\"");
    assertThat(wrapped("", "GET", "/fhir/hers/Patient/1"))
        .as("where strangers are let in")
        .isEqualTo(401);
  }

  @Test
  void theAuditAndPartnersAreAdministrators() throws IOException, InterruptedException {
    ask(ADMIN, "PUT", "/_exchange", "");
    ask(ADMIN, "PUT", "/_exchange/whitelist", "{\"enabled\":false,\"instanceIds\":[]}");
    String[] gets = {
      "/ws/rest/sync2/messages",
      "/_exchange/_status",
      "/_exchange/whitelist",
      "/_exchange/_all_docs"
    };
    for (String path : gets) {
      assertThat(ask(ANN, "GET", path, "").statusCode()).as(path).isIn(401, 403);
      assertThat(ask(ADMIN, "GET", path, "").statusCode()).as(path).isEqualTo(200);
    }
    String[] posts = {
      "/_exchange/_status/x/run",
      "/_exchange/_status/x/retry",
      "/ws/rest/sync2/conflict/resolve?conflictUuid=x",
      "/ws/rest/sync2/messages/x/retry"
    };
    for (String path : posts) {
      assertThat(ask(ANN, "POST", path, "{}").statusCode()).as(path).isEqualTo(401);
      assertThat(ask(ADMIN, "POST", path, "{}").statusCode()).as(path).isEqualTo(404);
    }
    assertThat(ask(ANN, "PUT", "/_exchange/x", "{}").statusCode()).isIn(401, 403);
  }
}
