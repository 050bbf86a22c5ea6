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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.SettingsReader;
import picocli.CommandLine;

/** {@code skerry conflicts} against a node. */
class ConflictsCommandTest {
  @TempDir Path folder;
  private Node node;
  private String database = "";
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
    database = node.url().replace("://", "://admin:secret@") + "/clinic";
    Database clinic = node.databases().create("clinic").orElseThrow();
    merge(clinic, "{\"name\":\"Ann\"}", "1-aa");
    merge(clinic, "{\"name\":\"Anne\"}", "2-bb", "1-aa");
    merge(clinic, "{\"name\":\"Anna\",\"active\":true}", "2-cc", "1-aa");
  }

  private static void merge(Database clinic, String json, String... path) {
    clinic.merge(
        List.of(
            new ForeignRevision(
                DocId.of("Patient/1"),
                new RevPath(List.of(path).stream().map(RevId::parse).toList()),
                false,
                Body.parse(json),
                List.of())));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(new ConflictsCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void aConflictIsListedShownSettledAndUndone() {
    assertThat(run("list", database)).isZero();
    assertThat(out.toString()).contains("Patient/1").contains("/name").contains("1 open");
    assertThat(run("show", database, "Patient/1")).isZero();
    assertThat(out.toString()).contains("? /name").contains("\"Anne\"").contains("/active");
    assertThat(run("settle", database, "Patient/1")).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("/name");
    assertThat(run("settle", database, "Patient/1", "--take", "/name=2", "--comment", "asked"))
        .isZero();
    String settlement = out.toString().strip().replace("done: ", "");
    assertThat(run("history", database, "Patient/1")).isZero();
    assertThat(out.toString()).contains(settlement).contains("by admin asked");
    assertThat(run("undo", database, "Patient/1", settlement)).isZero();
    assertThat(run("undo", database, "Patient/1", settlement)).isEqualTo(Main.FAILED);
    assertThat(run("list", database, "--kind", "Patient", "--min-age", "0")).isZero();
    assertThat(out.toString()).contains("held");
    assertThat(run("settle", database, "Patient/1", "--choose", "1")).isZero();
    assertThat(run("list", database)).isZero();
    assertThat(out.toString()).startsWith("0 open");
  }

  @Test
  void manyAreShownFirstAndThenSettledByOneRule() {
    String merge = "{\"method\":\"merge\"}";
    assertThat(run("settle-many", database, "--rule", merge, "--dry-run")).isZero();
    assertThat(out.toString())
        .contains("Patient/1  stays open: open: members changed differently on both sides: /name")
        .contains("0 would be settled, 1 would stay open");
    assertThat(run("settle-many", database, "--rule", merge)).isEqualTo(Main.FAILED);
    String winner = "{\"method\":\"merge\",\"members\":{\"/name\":\"winner\"}}";
    assertThat(run("settle-many", database, "--rule", winner, "--dry-run")).isZero();
    assertThat(out.toString())
        .contains("/active = true")
        .contains("/name = \"Anna\"")
        .contains("1 would be settled, 0 would stay open");
    assertThat(run("list", database)).isZero();
    assertThat(out.toString()).as("nothing was written").contains("1 open");
    assertThat(run("settle-many", database, "--kind", "Other", "--rule", winner)).isZero();
    assertThat(out.toString()).contains("0 settled");
    assertThat(
            run("settle-many", database, "--pattern", "/name", "--rule", winner, "--comment", "so"))
        .isZero();
    assertThat(out.toString()).contains("1 settled, 0 stay open");
    assertThat(run("history", database)).isZero();
    assertThat(out.toString()).contains("by admin so");
    assertThat(run("settle-many", database, "--rule", "nope")).isEqualTo(Main.MISUSE);
    assertThat(run("settle-many", database)).isEqualTo(Main.MISUSE);
  }

  @Test
  void aDocumentIsTakenFromAFile() throws IOException {
    Path file = folder.resolve("patient.json");
    Files.writeString(file, "{\"name\":\"Hanna\",\"n\":1.00}");
    assertThat(run("settle", database, "Patient/1", "--edit", file.toString())).isZero();
    Files.writeString(file, "no JSON");
    assertThat(run("settle", database, "Patient/1", "--edit", file.toString())).isNotZero();
  }

  @Test
  void valuesAreGivenAsJson() {
    assertThat(run("settle", database, "Patient/1", "--set", "/name=\"An\"")).isZero();
    assertThat(run("settle", database, "Patient/1", "--set", "/name=nope")).isNotZero();
  }

  @Test
  void whatIsNoDatabaseIsSaid() {
    assertThat(run("list", "nonsense")).isEqualTo(Main.MISUSE);
    assertThat(err.toString()).contains("no URL");
    assertThat(run("list", database + "nowhere")).isNotZero();
  }
}
