package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code skerry conflicts show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows one conflict: what differs, and what the policy makes of it.")
final class ConflictsShow implements Callable<Integer> {
  @Mixin NodeDatabase database = new NodeDatabase();

  @Parameters(index = "1", paramLabel = "ID", description = "The document.")
  String id = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (NodeClient client = database.client()) {
      JsonNode conflict = NodeDatabase.get(client, "/_conflicts/" + NodeClient.encoded(id));
      PrintWriter out = database.out();
      out.println(id + ": " + conflict.path("reason").asString(""));
      List<String> leaves = leaves(conflict);
      for (int i = 0; i < leaves.size(); i++) {
        out.println("  " + (i + 1) + "  " + leaves.get(i) + (i == 0 ? "  (winner)" : ""));
      }
      for (JsonNode member : conflict.path("members")) {
        print(out, member);
      }
      return 0;
    }
  }

  private static void print(PrintWriter out, JsonNode member) {
    boolean open = member.path("open").asBoolean(false);
    out.println((open ? "? " : "  ") + member.path("path").asString(""));
    out.println("      was  " + member.path("ancestor"));
    int side = 1;
    for (JsonNode value : member.path("values")) {
      out.println("      " + side + "    " + value);
      side++;
    }
    if (!open) {
      out.println("      →    " + member.path("result") + removed(member));
    }
  }

  private static String removed(JsonNode member) {
    return member.path("removed").asBoolean(false) ? "(removed)" : "";
  }

  /** The revisions of a conflict's versions, winner first. */
  static List<String> leaves(JsonNode conflict) {
    List<String> leaves = new ArrayList<>();
    // Of very many versions only some are told, and all are named.
    conflict.path("revs").forEach(rev -> leaves.add(rev.asString("")));
    if (!leaves.isEmpty()) {
      return leaves;
    }
    conflict.path("leaves").forEach(leaf -> leaves.add(leaf.path("rev").asString("")));
    return leaves;
  }
}
