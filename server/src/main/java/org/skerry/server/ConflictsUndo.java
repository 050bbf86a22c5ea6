package org.skerry.server;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skerry.json.JsonIn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code skerry conflicts undo}. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = "Opens a settled conflict again; no policy touches it from then on.")
final class ConflictsUndo implements Callable<Integer> {
  @Mixin NodeDatabase database = new NodeDatabase();

  @Parameters(index = "1", paramLabel = "ID", description = "The document.")
  String id = "";

  @Parameters(index = "2", paramLabel = "SETTLEMENT", description = "As `history` shows it.")
  String settlement = "";

  @Option(names = "--comment", description = "Is kept with it.")
  @Nullable String comment;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ObjectNode wish = JsonIn.mapper().createObjectNode().put("settlement", settlement);
    if (comment != null) {
      wish.put("comment", comment);
    }
    try (NodeClient client = database.client()) {
      return database.report(
          client.send(
              "POST", "/_settlements/" + NodeClient.encoded(id) + "/_undo", wish.toString()));
    }
  }
}
