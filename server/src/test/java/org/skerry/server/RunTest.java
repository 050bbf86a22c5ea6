package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.SettingsReader;
import picocli.CommandLine;

/** {@code skerry run} against a node, and the settings of its replications. */
@Timeout(300)
class RunTest {
  private static final String PASSWORD = "tide-pool-42";
  private static final String DOCUMENT = "{\"source\":\"clinic\",\"target\":\"district\"}";

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<Node> running = Optional.empty();

  @AfterEach
  void stop() {
    running.ifPresent(Node::close);
    client.close();
  }

  private void start(Map<String, String> environment) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put(SettingsReader.PASSWORD_VARIABLE, PASSWORD);
    running =
        Optional.of(
            Node.start(
                SettingsReader.read(
                    Optional.of(QuickSettings.file()),
                    all,
                    Map.of(Setting.DATA, folder.resolve("data").toString(), Setting.PORT, "0"))));
    send("PUT", "/clinic", "");
    send("PUT", "/district", "");
  }

  private String url() {
    return running.orElseThrow().url();
  }

  private String withCredentials() {
    return url().replace("://", "://admin:" + PASSWORD + "@");
  }

  private String send(String method, String path, String body)
      throws IOException, InterruptedException {
    String credentials =
        Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url()).resolve(path))
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return answer.body();
  }

  /** What a command ended with, and what it said. */
  private record Ended(int status, String said) {}

  private static Ended run(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine command = new CommandLine(new Run());
    command.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    return new Ended(command.execute(arguments), said.toString());
  }

  /** Looks until it is so; how long that takes is nobody's claim. */
  private void await(String path, String text) throws Exception {
    while (!send("GET", path, "").contains(text)) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void whatIsDoneIsDoneAgainWhenItIsNamed() throws Exception {
    start(Map.of());
    send("PUT", "/clinic/a", "{}");
    send("PUT", "/_replicator/night", DOCUMENT);
    await("/_scheduler/docs/_replicator/night", "\"completed\"");
    assertThat(run(withCredentials()).said())
        .contains("night: completed since")
        .contains("written 1, pending 0, refused 0");

    send("PUT", "/clinic/b", "{}");
    Ended named = run(withCredentials(), "night");
    assertThat(named).isEqualTo(new Ended(0, "night: runs" + System.lineSeparator()));
    await("/district", "\"doc_count\":2");

    send("PUT", "/clinic/c", "{}");
    Path secret = Files.writeString(folder.resolve("auth"), "admin:" + PASSWORD + "\n");
    assertThat(run(url(), "--all", "--auth-file", secret.toString()).status()).isZero();
    await("/district", "\"doc_count\":3");
  }

  @Test
  void whatIsNotThereIsSaid() throws Exception {
    start(Map.of());
    Ended none = run(withCredentials(), "nothing");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.said()).contains("nothing: there is no such document of _replicator");
    assertThat(run("clinic").said()).contains("NODE is no URL");
    assertThat(run(url()).status()).as("without a password").isNotZero();
  }

  @Test
  void asManyReplicationsRunAsTheSettingsSayAndTheConfigurationAfterwards() throws Exception {
    start(Map.of("SKERRY_REPLICATOR_MAX_JOBS", "0", "SKERRY_REPLICATOR_INTERVAL", "100"));
    send("PUT", "/clinic/a", "{}");
    send("PUT", "/_replicator/night", DOCUMENT);
    await("/_scheduler/docs/_replicator/night", "\"pending\"");
    assertThat(send("GET", "/_scheduler/jobs", "")).contains("\"total_rows\":1");
    assertThat(send("GET", "/_node/_local/_config/replicator/interval", "")).contains("100");

    send("PUT", "/_node/_local/_config/replicator/max_jobs", "\"1\"");
    await("/_scheduler/docs/_replicator/night", "\"completed\"");
    await("/district", "\"doc_count\":1");
  }

  @Test
  void noMoreEventsAreRememberedThanTheSettingsSay() throws Exception {
    start(Map.of("SKERRY_REPLICATOR_MAX_HISTORY", "2"));
    send(
        "PUT",
        "/_replicator/lost",
        "{\"source\":\"http://127.0.0.1:1/nobody\",\"target\":\"district\"}");
    await("/_scheduler/docs/_replicator/lost", "\"crashing\"");
    String jobs = send("GET", "/_scheduler/jobs", "");
    assertThat(jobs.split("\"timestamp\"", -1)).as(jobs).hasSize(1 + 2);
  }
}
