package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.SettingsReader;
import picocli.CommandLine;

/** {@code skerry exchange} against a node that is its own partner. */
@Timeout(300)
class ExchangeCommandTest {
  @TempDir Path folder;
  private Node node;
  private String url = "";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws IOException {
    node =
        Node.start(
            SettingsReader.read(
                Optional.of(QuickSettings.file()),
                Map.of(SettingsReader.PASSWORD_VARIABLE, "secret"),
                Map.of(Setting.DATA, folder.resolve("data").toString(), Setting.PORT, "0")));
    url = node.url().replace("://", "://admin:secret@");
    node.databases().create("clinic");
    node.databases().create("national");
    write("clinic", "Patient/1", "{\"resourceType\":\"Patient\",\"id\":\"1\"}");
    write("clinic", "Patient/2", "{\"resourceType\":\"Patient\",\"id\":\"another\"}");
  }

  private void write(String database, String id, String json) {
    node.databases()
        .find(database)
        .orElseThrow()
        .update(
            new NewRevision(DocId.of(id), Optional.empty(), false, Body.parse(json), List.of()));
  }

  @AfterEach
  void close() {
    http.close();
    node.close();
  }

  private void put(String path, String json) throws IOException, InterruptedException {
    String pair =
        Base64.getEncoder().encodeToString("admin:secret".getBytes(StandardCharsets.UTF_8));
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(node.url() + path))
                .header("Authorization", "Basic " + pair)
                .PUT(BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
  }

  private void describe() throws IOException, InterruptedException {
    put("/_exchange", "");
    put(
        "/_exchange/centre",
        "{\"database\":\"clinic\",\"base\":\""
            + node.url()
            + "/fhir/national\",\"auth\":{\"username\":\"admin\",\"password\":\"secret\"},"
            + "\"push\":{\"on_change\":true,\"categories\":[{\"type\":\"Patient\"}]}}");
  }

  private int exchange(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(new ExchangeCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  /** The push runs by itself: until it has, there is less to see. */
  private void awaitMessages(int count) {
    do {
      assertThat(exchange("messages", url)).isZero();
    } while (out.toString().lines().count() < count);
  }

  @Test
  void whatWasExchangedIsShownAndWhatWasSetAsideIsTriedAgain()
      throws IOException, InterruptedException {
    assertThat(exchange("status", url)).isZero();
    assertThat(out.toString()).contains("no partners");
    describe();
    awaitMessages(2);
    assertThat(exchange("status", url, "centre")).isZero();
    assertThat(out.toString())
        .contains("centre: clinic with", "push: ", "set aside: Patient/2 (PUSH, 1 attempts, next ");
    assertThat(exchange("messages", url, "--status", "failure", "--partner", "centre")).isZero();
    assertThat(out.toString().lines()).hasSize(1).first().asString().contains("FAIL Patient/2");
    String uuid = out.toString().split("\\s+")[1];
    assertThat(exchange("messages", url, uuid)).isZero();
    assertThat(out.toString()).contains("resource: Patient/2", "creatorInstanceId: skerry");
    assertThat(exchange("messages", url, "--status", "success")).isZero();
    assertThat(exchange("messages", url, out.toString().split("\\s+")[1])).isZero();
    assertThat(out.toString())
        .contains("> PUT " + node.url() + "/fhir/national/Patient/1", "< 201")
        .doesNotContain("secret");
    assertThat(exchange("retry", url, "centre", "Patient/2")).isEqualTo(Main.FAILED);
    assertThat(out.toString()).contains("1 are still set aside");
    assertThat(exchange("retry", url, "centre", "Patient/1")).isZero();
    assertThat(exchange("run", url, "centre", "--direction", "push")).isZero();
    assertThat(exchange("run", url, "centre", "--direction", "pull")).isEqualTo(Main.FAILED);
    assertThat(exchange("run", url, "nobody")).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("no such partner");
    assertThat(exchange("status", url, "nobody")).isEqualTo(Main.FAILED);
  }

  @Test
  void aFileIsCheckedWithoutANode() throws IOException {
    Path file = folder.resolve("partner.json");
    Files.writeString(file, "{\"database\":\"clinic\",\"base\":\"ftp://x\",\"colour\":1}");
    assertThat(exchange("check", file.toString())).isEqualTo(Main.FAILED);
    assertThat(out.toString())
        .contains("unknown member `colour`", "`base` must be", "neither `pull` nor `push`");
    Files.writeString(
        file,
        "{\"general\":{\"parentFeedLocation\":\"http://p\",\"localFeedLocation\":\"http://c\","
            + "\"localInstanceId\":\"c\"},\"pull\":{\"enabled\":true,\"classes\":[{\"category\":"
            + "\"patient\",\"enabled\":true}]}}");
    assertThat(exchange("check", file.toString())).isEqualTo(Main.FAILED);
    assertThat(out.toString()).contains("`database` is missing");
    assertThat(exchange("check", file.toString(), "--database", "clinic")).isZero();
    assertThat(out.toString()).contains("it describes a partner");
    Files.writeString(file, "{");
    assertThat(exchange("check", file.toString())).isEqualTo(Main.FAILED);
    assertThat(out.toString()).contains("it is no JSON");
  }
}
