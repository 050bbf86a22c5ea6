package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code skerry postgres inspect} and {@code check} against a real PostgreSQL. */
class PostgresCommandTest {
  @TempDir Path folder;
  private final TestDatabase application =
      PostgresServer.shared()
          .database(
              "CREATE TABLE party (id serial PRIMARY KEY, code varchar UNIQUE)",
              "CREATE TABLE address (id serial PRIMARY KEY, city varchar,"
                  + " party integer REFERENCES party (id))");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path password = Path.of("");

  @BeforeEach
  void write() throws IOException {
    password = Files.writeString(folder.resolve("password"), PostgresServer.PASSWORD + "\n");
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--password-file", password.toString()));
    return new CommandLine(new PostgresCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private Path satellite(JsonNode mapping) throws IOException {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("url", application.url())
            .put("user", PostgresServer.USER)
            .put("database", "clinic");
    json.set("mapping", mapping);
    return Files.writeString(folder.resolve("satellite.json"), json.toString());
  }

  @Test
  void whatInspectWritesPassesCheck() throws IOException {
    assertThat(run("inspect", application.url(), "--user", PostgresServer.USER)).isZero();
    JsonNode mapping = new JsonMapper().readTree(out.toString());
    assertThat(mapping.path("tables")).hasSize(2);
    assertThat(run("check", satellite(mapping).toString())).isZero();
    assertThat(out.toString()).contains("2 tables, 0 faults");
    assertThat(out.toString() + err).doesNotContain(PostgresServer.PASSWORD);
  }

  @Test
  void onlyWantedTablesAreInspected() {
    run("inspect", application.url(), "--user", PostgresServer.USER, "--table", "part");
    assertThat(out.toString()).contains("\"party\"").doesNotContain("address");
    assertThat(run("inspect", application.url(), "--user", "app", "--table", "nothing"))
        .isEqualTo(Main.FAILED);
  }

  @Test
  void faultsAreListedAndFail() throws IOException {
    JsonNode mapping =
        new JsonMapper().readTree("{\"tables\": [{\"name\": \"ghost\"}, {\"name\": \"party\"}]}");
    assertThat(run("check", satellite(mapping).toString())).isEqualTo(Main.FAILED);
    assertThat(out.toString()).contains("fault: ghost: there is no such table", "1 faults");
  }

  @Test
  void documentsThatAreNoneAreMisuse() throws IOException {
    JsonNode mapping = new JsonMapper().readTree("{\"tables\": [{\"bogus\": 1}]}");
    assertThat(run("check", satellite(mapping).toString())).isEqualTo(Main.MISUSE);
    assertThat(err.toString())
        .contains("unknown member `tables[0].bogus`", "is missing: the table's");
    assertThat(run("inspect", "http://x", "--user", "app")).isEqualTo(Main.MISUSE);
  }

  @Test
  void aWrongPasswordIsSaidInALine() throws IOException {
    password = Files.writeString(folder.resolve("wrong"), "wr0ng-one");
    assertThat(run("inspect", application.url(), "--user", PostgresServer.USER))
        .isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("password authentication failed").hasLineCount(1);
    assertThat(err.toString()).doesNotContain("wr0ng-one");
  }
}
