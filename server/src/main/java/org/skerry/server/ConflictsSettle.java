package org.skerry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skerry.json.JsonIn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code skerry conflicts settle}. */
@Command(
    name = "settle",
    mixinStandardHelpOptions = true,
    description = {
      "Settles a conflict: by a version, or by the policy's merge with choices about members, or by"
          + " a text of your own. Versions are named by their revision, or by their number in what"
          + " `show` shows."
    })
final class ConflictsSettle implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  @Mixin NodeDatabase database = new NodeDatabase();

  @Parameters(index = "1", paramLabel = "ID", description = "The document.")
  String id = "";

  @Option(names = "--choose", paramLabel = "VERSION", description = "This version as a whole.")
  @Nullable String choose;

  @Option(
      names = "--take",
      paramLabel = "MEMBER=VERSION",
      description = "A member from a version: --take /name=2. May be repeated.")
  Map<String, String> take = Map.of();

  @Option(
      names = "--set",
      paramLabel = "MEMBER=JSON",
      description = "A member with this value. May be repeated.")
  Map<String, String> set = Map.of();

  @Option(
      names = "--edit",
      paramLabel = "FILE",
      description = "The document as it stands in this file.")
  @Nullable Path edit;

  @Option(names = "--comment", description = "Is kept with the settlement.")
  @Nullable String comment;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String path = "/_conflicts/" + NodeClient.encoded(id);
    try (NodeClient client = database.client()) {
      List<String> leaves = ConflictsShow.leaves(NodeDatabase.get(client, path));
      return database.report(client.send("POST", path, wish(leaves)));
    }
  }

  private String wish(List<String> leaves) throws IOException {
    ObjectNode wish = MAPPER.createObjectNode();
    leaves.forEach(wish.putArray("leaves")::add);
    if (comment != null) {
      wish.put("comment", comment);
    }
    if (choose != null) {
      return wish.put("choose", version(choose, leaves)).toString();
    }
    if (edit != null) {
      // As it stands there, digits and all.
      String text = Files.readString(edit, StandardCharsets.UTF_8);
      database.value(text);
      String body = wish.toString();
      return body.substring(0, body.length() - 1) + ",\"doc\":" + text + "}";
    }
    ObjectNode members = wish.putObject("members");
    take.forEach((place, rev) -> members.put(place, version(rev, leaves)));
    set.forEach((place, json) -> members.putObject(place).set("value", database.value(json)));
    return wish.toString();
  }

  private static String version(String text, List<String> leaves) {
    boolean number = text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= leaves.size();
    return number ? leaves.get(Integer.parseInt(text) - 1) : text;
  }
}
