package org.skerry.server;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;

/** {@code skerry scope}: the scope rules of a database of a running node. */
@Command(
    name = "scope",
    mixinStandardHelpOptions = true,
    description = "Shows, sets or removes the rules that say which sites get which documents.")
final class ScopeCommand extends NodeCommand {
  private static final String DATABASE = "URL of the database: http://host:port/name.";
  private static final String SCOPE = "/_scope";

  @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows the rules.")
  int show(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = database(database, auth)) {
      HttpResponse<String> answer = client.send("GET", SCOPE, "");
      String text = answer.body().strip();
      if (answer.statusCode() == 200) {
        text =
            MAPPER
                .writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(MAPPER.readTree(text));
      }
      return report(answer, text);
    }
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Replaces the rules by those of a file; documents follow in the background.")
  int set(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Parameters(paramLabel = "FILE", description = "JSON: {\"rules\": [ … ]}.") Path file,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    String rules = Files.readString(file, StandardCharsets.UTF_8);
    check(file, rules);
    try (NodeClient client = database(database, auth)) {
      return report(client.send("PUT", SCOPE, rules), "set; documents follow");
    }
  }

  /** Says where a file is no JSON; the node says what else is wrong, by its pointer. */
  private static void check(Path file, String rules) throws IOException {
    try {
      MAPPER.readTree(rules);
    } catch (JacksonException e) {
      throw new IOException(
          file
              + ", line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ": "
              + e.getOriginalMessage(),
          e);
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes the rules: sites lose their parts of the database.")
  int remove(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = database(database, auth)) {
      return report(client.send("DELETE", SCOPE, ""), "removed");
    }
  }
}
