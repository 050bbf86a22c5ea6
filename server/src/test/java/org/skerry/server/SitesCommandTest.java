package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.SettingsReader;
import picocli.CommandLine;

/** {@code skerry sites} and {@code skerry scope} against a node. */
class SitesCommandTest {
  private static final String RULES =
      "{\"rules\":[{\"type\":\"patient\",\"site\":\"/at\"},{\"type\":\"note\",\"follow\":\"/of\"}]}";

  @TempDir Path folder;
  private Node node;
  private String url = "";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    node =
        Node.start(
            SettingsReader.read(
                Optional.of(QuickSettings.file()),
                Map.of(SettingsReader.PASSWORD_VARIABLE, "secret"),
                Map.of(Setting.DATA, folder.resolve("data").toString(), Setting.PORT, "0")));
    url = node.url().replace("://", "://admin:secret@");
    Database clinic = node.databases().create("clinic").orElseThrow();
    write(clinic, "p1", "{\"type\":\"patient\",\"at\":\"hill\"}");
    write(clinic, "n1", "{\"type\":\"note\",\"of\":\"p1\"}");
  }

  private static void write(Database database, String id, String json) {
    database.update(
        new NewRevision(DocId.of(id), Optional.empty(), false, Body.parse(json), List.of()));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private int run(NodeCommand command, String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(command)
        .setExecutionExceptionHandler(Main.reporter())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private int sites(String... args) {
    return run(new SitesCommand(), args);
  }

  private int scope(String... args) {
    return run(new ScopeCommand(), args);
  }

  @Test
  void sitesAreAddedListedChangedAndRemoved() {
    assertThat(sites("list", url)).isZero();
    assertThat(out.toString()).contains("no sites yet");
    assertThat(sites("add", url, "north", "--is-place", "--name", "North")).isZero();
    assertThat(sites("add", url, "hill", "--user", "ann", "--role", "nurse", "--place", "north"))
        .isZero();
    assertThat(sites("add", url, "hill")).as("it is there").isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("conflict");
    assertThat(sites("list", url)).isZero();
    assertThat(out.toString()).contains("place  north", "site   hill", "users ann, roles nurse");
    assertThat(sites("change", url, "hill", "--name", "Hill", "--search", "true")).isZero();
    assertThat(sites("show", url, "hill")).isZero();
    assertThat(out.toString()).contains("name: \"Hill\"", "users: [\"ann\"]", "search: true");
    assertThat(sites("change", url, "hill")).isEqualTo(Main.MISUSE);
    assertThat(sites("change", url, "hill", "--depth", "-1")).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("/depth");
    assertThat(sites("remove", url, "hill")).isZero();
    assertThat(sites("list", url)).isZero();
    assertThat(out.toString()).doesNotContain("hill");
  }

  @Test
  void aDatabaseIsNoNode() {
    for (String odd : List.of(url + "/clinic", url + "/nothing")) {
      assertThat(sites("list", odd)).isEqualTo(Main.MISUSE);
      assertThat(err.toString()).contains("NODE names a database, or nothing");
    }
    assertThat(sites("list", url + "/")).isZero();
  }

  @Test
  void rulesAreSetShownAndRemovedAndASiteStands() throws IOException {
    Path file = Files.writeString(folder.resolve("rules.json"), RULES);
    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"rules\":[{\"site\":7}]}");
    String clinic = url + "/clinic";
    assertThat(scope("show", clinic)).isEqualTo(Main.FAILED);
    assertThat(scope("set", clinic, bad.toString())).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("invalid_scope: at /rules/0/site");
    assertThat(scope("set", clinic, file.toString())).isZero();
    assertThat(scope("show", clinic)).isZero();
    assertThat(out.toString()).contains("\"follow\" : \"/of\"");
    assertThat(sites("add", url, "hill")).isZero();
    assertThat(sites("add", url, "shore", "--search", "true")).isZero();
    assertThat(sites("fetch", clinic, "shore", "p1")).isZero();
    assertThat(sites("fetch", clinic, "shore", "nothing")).isEqualTo(Main.FAILED);
    assertThat(sites("show", url, "shore", "--in", "clinic")).isZero();
    assertThat(out.toString()).containsPattern("documents: [0-2]");
    assertThat(sites("fetched", clinic, "shore")).isZero();
    assertThat(out.toString().strip()).isEqualTo("p1");
    assertThat(sites("release", clinic, "shore", "p1")).isZero();
    assertThat(sites("fetched", clinic, "shore")).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(scope("remove", clinic)).isZero();
    assertThat(scope("show", clinic)).isEqualTo(Main.FAILED);
  }

  @Test
  void whatIsHeldIsShownAndDiscarded() throws IOException {
    Path file = Files.writeString(folder.resolve("rules.json"), RULES);
    String clinic = url + "/clinic";
    scope("set", clinic, file.toString());
    sites("add", url, "shore");
    Database clinics = node.databases().find("clinic").orElseThrow();
    clinics
        .seenBy("shore")
        .merge(
            List.of(
                new ForeignRevision(
                    DocId.of("early"),
                    RevPath.of(RevId.parse("1-967a00dff5e02add41819138abb3284d")),
                    false,
                    Body.parse("{\"type\":\"note\",\"of\":\"p9\"}"),
                    List.of())),
            new Author(Optional.of("sam"), Set.of()));
    assertThat(sites("show", url, "shore", "--in", "clinic")).isZero();
    assertThat(out.toString()).contains("held: 1");
    assertThat(sites("held", clinic, "shore")).isZero();
    assertThat(out.toString()).startsWith("early  1-967a").contains("by sam, waits for p9");
    assertThat(sites("held", clinic, "nowhere")).isEqualTo(Main.FAILED);
    assertThat(sites("discard", clinic, "shore", "early")).isZero();
    assertThat(sites("discard", clinic, "shore", "early")).isEqualTo(Main.FAILED);
    assertThat(sites("held", clinic, "shore")).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatGoesWrongIsSaidWithWhatToDo() throws IOException {
    String wrong = url.replace("secret", "wrong");
    assertThat(sites("list", wrong)).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("unauthorized: ", "--auth-file").doesNotContain("{");
    assertThat(scope("show", wrong + "/clinic")).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("unauthorized: ", "--auth-file");
    sites("add", url, "hill");
    for (String what : List.of("show", "remove")) {
      assertThat(sites(what, url, "vale")).isEqualTo(Main.FAILED);
      assertThat(err.toString()).contains("no site or place vale");
    }
    assertThat(sites("add", url, "")).isEqualTo(Main.MISUSE);
    assertThat(sites("add", url, "vale", "--parent", "north")).isEqualTo(Main.MISUSE);
    assertThat(err.toString()).contains("--is-place");
    assertThat(sites("fetched", url, "hill")).isEqualTo(Main.MISUSE);
    assertThat(err.toString()).contains("DATABASE names none");
    assertThat(scope("set", url + "/clinic", folder.resolve("none").toString()))
        .isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("there is no file " + folder.resolve("none"));
    Path odd =
        Files.writeString(folder.resolve("odd.json"), "{\"rules\":\n [{\"everyone\" true}]}");
    assertThat(scope("set", url + "/clinic", odd.toString())).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("odd.json, line 2, column ");
  }

  @Test
  void whatIsNoNodeIsMisuse() {
    assertThat(sites("list", "nowhere")).isEqualTo(Main.MISUSE);
    assertThat(scope("show", "nowhere")).isEqualTo(Main.MISUSE);
  }
}
