package org.skerry.server;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.SatelliteReader;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.mapping.InvalidMappingException;
import org.skerry.postgres.schema.Check;
import org.skerry.postgres.schema.Finding;
import org.skerry.postgres.schema.Inspect;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code skerry postgres}: mappings of an application's PostgreSQL, before a node uses them, and a
 * node's satellites.
 */
@Command(
    name = "postgres",
    mixinStandardHelpOptions = true,
    description = {
      "Makes and checks mappings of applications with a PostgreSQL of their own; shows how a node's"
          + " satellites fare, and has them run now."
    },
    synopsisSubcommandLabel = "COMMAND")
final class PostgresCommand extends NodeCommand {
  private static final String NODE = "URL of the node: http://host:port.";
  private static final String SATELLITE = "The satellite's name.";
  private static final String PASSWORD = "SKERRY_POSTGRES_PASSWORD";
  private static final String PASSWORD_FILE =
      "File whose first line is the password; otherwise " + PASSWORD + " has it.";

  @Command(
      name = "inspect",
      mixinStandardHelpOptions = true,
      description = "Reads the tables and writes a first mapping of them, for a person to go over.")
  int inspect(
      @Parameters(paramLabel = "URL", description = "postgresql://host:port/database") String url,
      @Option(names = "--user", required = true, description = "Who may read the tables.")
          String user,
      @Option(names = "--password-file", paramLabel = "FILE", description = PASSWORD_FILE)
          @Nullable Path passwordFile,
      @Option(names = "--schema", defaultValue = "public", description = "Where the tables are.")
          String schema,
      @Option(
              names = "--table",
              paramLabel = "PREFIX",
              description = "Only tables that begin so; may be repeated.")
          @Nullable List<String> prefixes)
      throws IOException {
    if (!Access.URL.matcher(url).matches()) {
      return say("URL must be postgresql://host:port/database, without a login", Main.MISUSE);
    }
    List<String> wanted = Optional.ofNullable(prefixes).orElse(List.of());
    Access access = new Access(url, user, password(passwordFile).orElse(""));
    try (Connection connection = access.open()) {
      ObjectNode mapping =
          Inspect.mapping(
              connection,
              schema,
              table -> wanted.isEmpty() || wanted.stream().anyMatch(table::startsWith));
      if (mapping.path("tables").isEmpty()) {
        return say("there are no such tables in the schema " + schema, Main.FAILED);
      }
      out()
          .println(
              MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(mapping));
      return 0;
    } catch (SQLException e) {
      return say(access + ": " + e.getMessage(), Main.FAILED);
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Compares a satellite's document with its live database, and explains all that"
              + " does not fit. Nothing is changed.")
  int check(
      @Parameters(paramLabel = "FILE", description = "JSON, as it goes into _postgres.") Path file,
      @Option(names = "--password-file", paramLabel = "FILE", description = PASSWORD_FILE)
          @Nullable Path passwordFile)
      throws IOException {
    Satellite satellite;
    try {
      JsonNode json = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
      Optional<String> password = password(passwordFile);
      if (json instanceof ObjectNode object && password.isPresent()) {
        object.put("password", password.get());
      }
      satellite = SatelliteReader.read("checked", json, name -> true);
    } catch (JacksonException e) {
      return say(file + " is no JSON: " + e.getOriginalMessage(), Main.MISUSE);
    } catch (InvalidMappingException e) {
      e.problems().forEach(problem -> say(problem, Main.MISUSE));
      return Main.MISUSE;
    }
    try (Connection connection = satellite.access().open()) {
      List<Finding> findings =
          Check.run(
              connection, satellite.mapping(), satellite.capture() == Satellite.Capture.LOGICAL);
      findings.forEach(out()::println);
      long faults = findings.stream().filter(Finding::isFault).count();
      out()
          .println(
              satellite.mapping().tables().size()
                  + " tables, "
                  + faults
                  + " faults, "
                  + (findings.size() - faults)
                  + " notes");
      return faults == 0 ? 0 : Main.FAILED;
    } catch (SQLException e) {
      return say(satellite.access() + ": " + e.getMessage(), Main.FAILED);
    }
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = {
        "Shows a node's satellites: what was captured and written, what waits and why, and how much"
            + " log PostgreSQL keeps. Ends with status 1 when somebody has to look at one."
      })
  int status(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "SATELLITE", arity = "0..1", description = SATELLITE)
          @Nullable String satellite,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = node(node, auth)) {
      boolean well = new PostgresSatellites(client, out()).status(Optional.ofNullable(satellite));
      return well ? 0 : Main.FAILED;
    }
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Has a satellite run now, whatever its schedule, waits until it has, and shows how it"
            + " stands. Ends with status 1 when it failed."
      })
  int run(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "SATELLITE", description = SATELLITE) String satellite,
      @Option(
              names = "--task",
              defaultValue = "all",
              description = "push: what the application did; pull: what others did; all: both.")
          String task,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = node(node, auth)) {
      PostgresSatellites satellites = new PostgresSatellites(client, out());
      HttpResponse<String> answer = satellites.run(satellite, task);
      if (answer.statusCode() != 200) {
        return report(answer, "");
      }
      return satellites.status(Optional.of(satellite)) ? 0 : Main.FAILED;
    }
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = {
        "Lists documents that cannot be rows of a satellite yet, and rows that a rule does not let"
            + " be documents, and has all of them tried again."
      })
  int retry(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "SATELLITE", description = SATELLITE) String satellite,
      @Option(names = "--list", description = "List only.") boolean list,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = node(node, auth)) {
      PostgresSatellites satellites = new PostgresSatellites(client, out());
      satellites.list(satellite);
      return list ? 0 : report(satellites.retry(satellite), "tried again");
    }
  }

  private static Optional<String> password(@Nullable Path file) throws IOException {
    if (file != null) {
      return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst();
    }
    return Optional.ofNullable(System.getenv(PASSWORD));
  }

  private int say(String line, int status) {
    commandLine().getErr().println("skerry: " + line);
    return status;
  }
}
