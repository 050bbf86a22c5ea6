package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skerry.json.JsonIn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code skerry conflicts settle-many}. */
@Command(
    name = "settle-many",
    mixinStandardHelpOptions = true,
    description = {
      "Settles all open conflicts, or those of a kind, a pattern, an age, by one rule. What the"
          + " rule does not decide stays open, and is named.",
      "With --dry-run nothing is written: it shows what would be settled, and how."
    })
final class ConflictsSettleMany implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  /** Small enough for an answer within a request's time. */
  private static final int PAGE = 100;

  @Mixin NodeDatabase database = new NodeDatabase();
  @Mixin ConflictPages pages = new ConflictPages();

  @Option(
      names = "--rule",
      paramLabel = "JSON",
      required = true,
      description = {
        "What decides, as in a policy: {\"method\":\"winner\"}, or"
            + " {\"method\":\"merge\",\"members\":{\"/name\":\"winner\"}}."
      })
  String rule = "";

  @Option(names = "--dry-run", description = "Only shows what would be settled.")
  boolean dry;

  @Option(names = "--comment", description = "Is kept with each settlement.")
  @Nullable String comment;

  private long settled;
  private long stay;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ObjectNode wish = MAPPER.createObjectNode().put("dry_run", dry);
    wish.set("rule", database.value(rule));
    if (comment != null) {
      wish.put("comment", comment);
    }
    try (NodeClient client = database.client()) {
      String bookmark = "";
      do {
        JsonNode page = pages.read(client, PAGE, bookmark);
        settle(client, wish, page.path("rows"));
        bookmark = ConflictPages.bookmark(page);
      } while (!bookmark.isEmpty());
    }
    String verb = dry ? " would be settled, " : " settled, ";
    database.out().println(settled + verb + stay + (dry ? " would stay open" : " stay open"));
    return stay == 0 || dry ? 0 : Main.FAILED;
  }

  private void settle(NodeClient client, ObjectNode wish, JsonNode rows)
      throws IOException, InterruptedException {
    if (rows.isEmpty()) {
      return;
    }
    ArrayNode docs = wish.putArray("docs");
    for (JsonNode row : rows) {
      docs.addObject().put("id", row.path("id").asString("")).set("leaves", row.path("leaves"));
    }
    HttpResponse<String> answer = client.send("POST", "/_conflicts/_settle", wish.toString());
    if (answer.statusCode() != 200) {
      throw NodeClient.unexpected(answer);
    }
    MAPPER.readTree(answer.body()).path("results").forEach(this::print);
  }

  private void print(JsonNode row) {
    PrintWriter out = database.out();
    if (row.path("ok").asBoolean(false)) {
      settled++;
      out.println(row.path("id").asString("") + "  " + row.path("rev").asString(""));
      row.path("members").forEach(member -> out.println("    " + told(member)));
    } else {
      stay++;
      out.println(
          row.path("id").asString("")
              + "  stays open: "
              + row.path("error").asString("")
              + ": "
              + row.path("reason").asString(""));
    }
  }

  private static String told(JsonNode member) {
    String value =
        member.path("removed").asBoolean(false)
            ? "(removed)"
            : member.has("result") ? member.path("result").toString() : "(long)";
    return member.path("path").asString("") + " = " + value;
  }
}
