package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.http.access.PasswordHash;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.Settings;
import org.skerry.server.settings.SettingsReader;
import org.skerry.server.settings.SettingsSource;
import org.skerry.store.Store;
import org.skerry.store.rocksdb.RocksStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole node and its administrator. */
@Timeout(300)
class NodeAdministrationTest {
  private static final String CONFIG = "/_node/_local/_config";

  /** Passwords are hashed quickly, so that the test does not wait for them. */
  private static final String QUICK = "[couchdb.chttpd_auth]\niterations = 10\n";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Node node;

  private SettingsSource source(Map<String, String> environment) {
    return () ->
        SettingsReader.read(
            Optional.of(folder.resolve("skerry.toml")),
            environment,
            Map.of(Setting.DATA, folder.resolve("data").toString(), Setting.PORT, "0"));
  }

  private void start(Map<String, String> environment) throws IOException {
    SettingsSource source = source(environment);
    node = Node.start(source.read(), source);
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("skerry.toml"), QUICK);
    start(Map.of("SKERRY_ADMIN_PASSWORD", "secret"));
  }

  @AfterEach
  void close() {
    node.close();
    client.close();
  }

  private HttpResponse<String> send(
      String login, String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (!login.isEmpty()) {
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String admin(String method, String path, String body) {
    return send("admin:secret", method, path, body).body();
  }

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }

  @Test
  void whatTheAdministratorChangesOutlivesARestart() throws IOException {
    admin("PUT", CONFIG + "/admins/eve", "\"apple\"");
    admin("PUT", CONFIG + "/smurf/blue", "\"yes\"");
    admin(
        "PUT",
        "/_users/org.couchdb.user:ada",
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password\":\"engine\"}");
    node.close();
    start(Map.of());
    assertThat(node.madePassword()).isEmpty();
    assertThat(send("admin:secret", "GET", "/_all_dbs", "").statusCode()).isEqualTo(200);
    assertThat(send("eve:apple", "GET", CONFIG + "/smurf/blue", "").body()).isEqualTo("\"yes\"\n");
    assertThat(send("ada:engine", "GET", "/_session", "").body()).contains("\"name\":\"ada\"");
  }

  @Test
  void functionsGetTheTimeThatAnAdministratorGivesThem() throws IOException {
    String key = CONFIG + "/couchdb/os_process_timeout";
    assertThat(admin("PUT", key, "\"150\"")).isEqualTo("\"5000\"\n");
    admin("PUT", "/db", "");
    admin("PUT", "/db/_design/slow", "{\"validate_doc_update\":\"function () { for (;;) {} }\"}");
    assertThat(admin("PUT", "/db/a", "{}")).contains("150 ms");
    node.close();
    start(Map.of());
    assertThat(admin("PUT", "/db/a", "{}")).contains("150 ms");
    assertThat(admin("PUT", CONFIG + "/script/threads", "\"1\"")).contains("when the node starts");
  }

  @Test
  void aPasswordThatTheOperatorGivesReplacesTheOneThereWas() throws IOException {
    node.close();
    start(Map.of("SKERRY_ADMIN_PASSWORD", "another"));
    assertThat(send("admin:secret", "GET", "/_all_dbs", "").statusCode()).isEqualTo(401);
    assertThat(send("admin:another", "GET", "/_all_dbs", "").statusCode()).isEqualTo(200);
  }

  @Test
  void anAdministratorOfANodeBeforeThereWasAConfigurationIsKept() throws IOException {
    node.close();
    Path old = folder.resolve("data");
    try (Store store = RocksStore.open(old)) {
      store.properties().put("config", "{}".getBytes(StandardCharsets.UTF_8));
      store
          .properties()
          .put(
              "administrator/admin",
              PasswordHash.of("former", 10).text().getBytes(StandardCharsets.UTF_8));
    }
    start(Map.of());
    assertThat(node.madePassword()).isEmpty();
    assertThat(send("admin:former", "GET", "/_all_dbs", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aNodeWithoutAnyAdministratorMakesOne() throws IOException {
    node.close();
    try (Store store = RocksStore.open(folder.resolve("data"))) {
      store.properties().put("config", "{}".getBytes(StandardCharsets.UTF_8));
    }
    start(Map.of());
    String made = node.madePassword().orElseThrow();
    assertThat(send("admin:" + made, "GET", "/_all_dbs", "").statusCode()).isEqualTo(200);
  }

  /** The port may be another program's; the next start makes no password. */
  @Test
  void aPasswordIsToldAlsoByAStartThatCannotListen() throws IOException {
    List<String> told = new ArrayList<>();
    Path fresh = folder.resolve("fresh");
    SettingsSource taken = () -> at(fresh, URI.create(node.url()).getPort());
    assertThatThrownBy(() -> Node.start(taken.read(), taken, List.of(), told::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
    node.close();
    SettingsSource free = () -> at(fresh, 0);
    node = Node.start(free.read(), free, List.of(), told::add);
    assertThat(told).hasSize(1);
    assertThat(node.madePassword()).isEmpty();
    assertThat(send("admin:" + told.getFirst(), "GET", "/_all_dbs", "").statusCode())
        .isEqualTo(200);
  }

  private Settings at(Path data, int port) {
    return SettingsReader.read(
        Optional.of(folder.resolve("skerry.toml")),
        Map.of(),
        Map.of(Setting.DATA, data.toString(), Setting.PORT, Integer.toString(port)));
  }

  @Test
  void theAuditLogTellsItAllPageByPage() {
    admin("PUT", "/clinic", "");
    admin("PUT", CONFIG + "/admins/eve", "\"apple\"");
    send("eve:wrong", "GET", "/_session", "");
    admin("DELETE", "/clinic", "");
    String audit = "/_node/_local/_audit";
    JsonNode all = json(admin("GET", audit + "?descending=false", ""));
    assertThat(all.path("events").findValuesAsString("action"))
        .containsExactly(
            "node_started",
            "signed_in",
            "database_created",
            "admin_changed",
            "sign_in_failed",
            "database_deleted");
    JsonNode newest = json(admin("GET", audit + "?limit=2", ""));
    assertThat(newest.path("events").findValuesAsString("action"))
        .containsExactly("database_deleted", "sign_in_failed");
    JsonNode next = json(admin("GET", audit + "?limit=2&after=" + newest.path("next"), ""));
    assertThat(next.path("events").findValuesAsString("action"))
        .containsExactly("admin_changed", "database_created");
    JsonNode some =
        json(admin("GET", audit + "?action=database_created,database_deleted&subject=clinic", ""));
    assertThat(some.path("events").size()).isEqualTo(2);
    assertThat(json(admin("GET", audit + "?user=eve", "")).path("events").size()).isEqualTo(2);
    assertThat(json(admin("GET", audit + "?until=2000-01-01T00:00:00Z", "")).path("events").size())
        .isZero();
    for (String odd :
        new String[] {
          "action=x",
          "limit=0",
          "limit=many",
          "limit=9999",
          "after=-1",
          "from=now",
          "until=",
          "descending=x"
        }) {
      assertThat(send("admin:secret", "GET", audit + "?" + odd, "").statusCode())
          .as(odd)
          .isEqualTo(400);
    }
  }

  @Test
  void limitsAndOriginsChangeAtOnce() {
    admin("PUT", "/clinic", "");
    admin("PUT", CONFIG + "/couchdb/max_document_size", "\"20\"");
    String large = "{\"text\":\"" + "x".repeat(100) + "\"}";
    assertThat(send("admin:secret", "PUT", "/clinic/a", large).statusCode()).isEqualTo(413);
    assertThat(admin("DELETE", CONFIG + "/couchdb/max_document_size", "")).isEqualTo("\"20\"\n");
    assertThat(send("admin:secret", "PUT", "/clinic/a", large).statusCode()).isEqualTo(201);
    admin("PUT", CONFIG + "/chttpd/max_http_request_size", "\"1024\"");
    String huge = "{\"text\":\"" + "x".repeat(2_000) + "\"}";
    assertThat(send("admin:secret", "PUT", "/clinic/b", huge).statusCode()).isEqualTo(413);
    String[] origin = {"Origin", "https://desk.example"};
    assertThat(allowed(origin)).isEmpty();
    // As add-cors-to-couchdb does it.
    admin("PUT", CONFIG + "/httpd/enable_cors", "\"true\"");
    admin("PUT", CONFIG + "/cors/origins", "\"https://desk.example\"");
    assertThat(allowed(origin)).contains("https://desk.example");
    admin("PUT", CONFIG + "/httpd/enable_cors", "\"false\"");
    assertThat(allowed(origin)).isEmpty();
  }

  private Optional<String> allowed(String[] origin) {
    return send("admin:secret", "GET", "/", "", origin)
        .headers()
        .firstValue("Access-Control-Allow-Origin");
  }

  @Test
  void theOperatorsFileIsReadAgain() throws IOException {
    assertThat(admin("GET", CONFIG + "/smurf/blue", "")).contains("unknown_config_value");
    Files.writeString(
        folder.resolve("skerry.toml"), QUICK + "[couchdb.smurf]\nblue = \"from the file\"\n");
    assertThat(admin("POST", CONFIG + "/_reload", "")).isEqualTo("{\"ok\":true}\n");
    assertThat(admin("GET", CONFIG + "/smurf/blue", "")).isEqualTo("\"from the file\"\n");
    Files.writeString(folder.resolve("skerry.toml"), "[nonsense]\nx = 1\n");
    HttpResponse<String> answer = send("admin:secret", "POST", CONFIG + "/_reload", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("there is no setting nonsense.x");
    assertThat(admin("GET", CONFIG + "/smurf/blue", "")).isEqualTo("\"from the file\"\n");
  }

  @Test
  void strangersRegisterWhereTheFileSaysSo() throws IOException {
    String ada = "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password\":\"engine\"}";
    String path = "/_users/org.couchdb.user:ada";
    assertThat(send("", "PUT", path, ada).statusCode()).isEqualTo(401);
    Files.writeString(
        folder.resolve("skerry.toml"), QUICK + "[couchdb.skerry]\nself_registration = true\n");
    admin("POST", CONFIG + "/_reload", "");
    assertThat(send("", "PUT", path, ada).statusCode()).isEqualTo(201);
    assertThat(send("", "GET", "/_all_dbs", "").statusCode()).isEqualTo(401);
    assertThat(send("ada:engine", "GET", "/_session", "").body()).contains("\"name\":\"ada\"");
  }

  @Test
  void aPortThatIsTakenLeavesNothingOpen() throws IOException {
    String taken = node.url().substring(node.url().lastIndexOf(':') + 1);
    Path other = folder.resolve("other");
    SettingsSource source =
        () ->
            SettingsReader.read(
                Optional.of(folder.resolve("skerry.toml")),
                Map.of("SKERRY_ADMIN_PASSWORD", "x"),
                Map.of(Setting.DATA, other.toString(), Setting.PORT, taken));
    assertThatThrownBy(() -> Node.start(source.read(), source)).isInstanceOf(IOException.class);
    RocksStore.open(other).close();
  }
}
