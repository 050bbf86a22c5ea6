package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node that was restored from a backup meets a peer that knows what came after it. */
@Timeout(300)
class RestoredNodeTest {
  private static final String PASSWORD = "tide-pool-42";
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir Path temporary;
  private final HttpClient client = HttpClient.newHttpClient();
  private Node clinic;
  private Node centre;

  @BeforeEach
  void start() throws IOException {
    clinic = node("clinic", 0);
    centre = node("centre", 0);
  }

  @AfterEach
  void stop() {
    clinic.close();
    centre.close();
    client.close();
  }

  private Node node(String folder, int port) throws IOException {
    return Node.start(
        SettingsReader.read(
            Optional.of(QuickSettings.file()),
            Map.of(SettingsReader.PASSWORD_VARIABLE, PASSWORD),
            Map.of(
                Setting.DATA,
                temporary.resolve(folder).toString(),
                Setting.PORT,
                Integer.toString(port))));
  }

  private JsonNode send(Node node, String method, String path, String json) throws Exception {
    String pair = "admin:" + PASSWORD;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url() + path))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .method(method, BodyPublishers.ofString(json))
            .build();
    return MAPPER.readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  private void write(Node node, String prefix, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      JsonNode answer = send(node, "PUT", "/db/" + prefix + i, "{}");
      assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
    }
  }

  private int count(Node node) throws Exception {
    return send(node, "GET", "/db", "").path("doc_count").asInt();
  }

  /** What replicators know a life of a database by. */
  private String instance(Node node) throws Exception {
    String told = send(node, "GET", "/db", "").path("instance_start_time").asString();
    assertThat(send(node, "POST", "/db/_ensure_full_commit", "").path("instance_start_time"))
        .hasToString('"' + told + '"');
    return told;
  }

  private String clinicUrl() {
    return clinic.url().replace("http://", "http://admin:" + PASSWORD + "@") + "/db";
  }

  private void replicate(String source, String target) throws Exception {
    JsonNode answer =
        send(
            centre,
            "POST",
            "/_replicate",
            "{\"source\":\"" + source + "\",\"target\":\"" + target + "\",\"create_target\":true}");
    assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
  }

  private int run(String... arguments) {
    return Main.run(arguments);
  }

  @Test
  void whatIsWrittenAfterARestoreReachesAPeerWhoseCheckpointIsNewer() throws Exception {
    send(clinic, "PUT", "/db", "");
    write(clinic, "kept", 5);
    replicate(clinicUrl(), "db");
    Path auth = temporary.resolve("auth");
    Files.writeString(auth, "admin:" + PASSWORD + "\n");
    Path backup = temporary.resolve("backup");
    assertThat(
            run("backup", backup.toString(), "--url", clinic.url(), "--auth-file", auth.toString()))
        .isZero();
    assertThat(temporary.resolve("clinic").resolve("checkpoints")).isEmptyDirectory();
    write(clinic, "lost", 7);
    replicate(clinicUrl(), "db");
    assertThat(count(centre)).isEqualTo(12);

    String life = instance(clinic);
    int port = URI.create(clinic.url()).getPort();
    clinic.close();
    Path restored = temporary.resolve("restored");
    assertThat(run("restore", backup.toString(), "--data", restored.toString())).isZero();
    clinic = node("restored", port);
    assertThat(count(clinic)).isEqualTo(5);
    assertThat(instance(clinic)).isGreaterThan(life);
    write(clinic, "fresh", 3);

    // The checkpoint says 12, the restored feed ends at 8: what stands at 6 to 8 is new.
    replicate(clinicUrl(), "db");
    assertThat(count(centre)).isEqualTo(15);
    replicate("db", clinicUrl());
    assertThat(count(clinic)).isEqualTo(15);
  }

  @Test
  void backupsAreForAdministratorsAndNeverOverwrite() throws Exception {
    Path auth = temporary.resolve("auth");
    Files.writeString(auth, "admin:wrong");
    String target = temporary.resolve("backup").toString();
    assertThat(run("backup", target, "--url", clinic.url(), "--auth-file", auth.toString()))
        .isEqualTo(Main.FAILED);
    assertThat(Path.of(target)).doesNotExist();
    Files.writeString(auth, "admin:" + PASSWORD);
    assertThat(run("backup", target, "--url", clinic.url(), "--auth-file", auth.toString()))
        .isZero();
    assertThat(run("backup", target, "--url", clinic.url(), "--auth-file", auth.toString()))
        .isEqualTo(Main.FAILED);
    assertThat(run("backup", target)).as("of what?").isEqualTo(Main.MISUSE);
    assertThat(send(clinic, "DELETE", "/_node/_local/_checkpoint/..%2Frocks", "").path("reason"))
        .hasToString("\"no such checkpoint\"");
  }
}
