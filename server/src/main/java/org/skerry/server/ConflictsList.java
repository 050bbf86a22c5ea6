package org.skerry.server;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code skerry conflicts list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists open conflicts.")
final class ConflictsList implements Callable<Integer> {
  private static final int PAGE = 500;

  @Mixin NodeDatabase database = new NodeDatabase();
  @Mixin ConflictPages pages = new ConflictPages();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (NodeClient client = database.client()) {
      String bookmark = "";
      do {
        JsonNode page = pages.read(client, PAGE, bookmark);
        page.path("rows").forEach(this::print);
        bookmark = ConflictPages.bookmark(page);
        if (bookmark.isEmpty()) {
          database.out().println(page.path("matching").asLong() + " open conflicts");
        }
      } while (!bookmark.isEmpty());
      return 0;
    }
  }

  private void print(JsonNode row) {
    database
        .out()
        .printf(
            "%s  %-24s %s  %s: %s%n",
            row.path("since").asString(""),
            row.path("kind").asString(""),
            row.path("id").asString(""),
            row.path("state").asString(""),
            row.path("reason").asString(""));
  }
}
