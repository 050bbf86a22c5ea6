package org.skerry.server;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code skerry conflicts history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Lists settlements, newest first: of a database, or of one document.")
final class ConflictsHistory implements Callable<Integer> {
  @Mixin NodeDatabase database = new NodeDatabase();

  @Parameters(index = "1", paramLabel = "ID", arity = "0..1", description = "The document.")
  @Nullable String id;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (NodeClient client = database.client()) {
      String of = id == null ? "" : "?doc=" + NodeClient.encoded(id);
      NodeDatabase.get(client, "/_settlements" + of).path("rows").forEach(this::print);
      return 0;
    }
  }

  private void print(JsonNode row) {
    JsonNode by = row.path("by");
    String who =
        by.has("user")
            ? by.path("user").asString("") + " " + by.path("comment").asString("")
            : "policy " + by.path("rule").asString("") + " " + by.path("policy").asString("");
    database
        .out()
        .printf(
            "%s  %s  %s  by %s%s%n",
            row.path("seen").asString(""),
            row.path("id").asString(""),
            row.path("settlement").asString(""),
            who.strip(),
            row.path("undone").asBoolean(false) ? "  (undone)" : "");
  }
}
