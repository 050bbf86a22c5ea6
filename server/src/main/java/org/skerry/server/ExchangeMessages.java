package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What was exchanged, step by step, as {@code skerry exchange messages} shows it. */
final class ExchangeMessages {
  private static final String MESSAGES = "/ws/rest/sync2/messages";

  /** Which messages are listed. */
  static final class Wanted {
    @Option(names = "--partner", description = "With this one.")
    @Nullable String partner;

    @Option(names = "--origin", description = "By this instance.")
    @Nullable String origin;

    @Option(names = "--resource", description = "Of this record or category.")
    @Nullable String resource;

    @Option(names = "--status", description = "success, failure or conflict.")
    @Nullable String status;

    @Option(names = "--operation", description = "pull or push.")
    @Nullable String operation;

    @Option(names = "--limit", description = "At most so many; 100 otherwise.")
    int limit = 100;

    private String query() {
      List<String> query = new ArrayList<>(List.of("limit=" + limit));
      add(query, "partner", partner);
      add(query, "origin", origin);
      add(query, "resource", resource);
      add(query, "status", status);
      add(query, "operation", operation);
      return String.join("&", query);
    }

    private static void add(List<String> query, String name, @Nullable String value) {
      if (value != null) {
        query.add(name + "=" + NodeClient.encoded(value));
      }
    }
  }

  private final NodeClient client;
  private final PrintWriter out;

  ExchangeMessages(NodeClient client, PrintWriter out) {
    this.client = client;
    this.out = out;
  }

  void list(Wanted wanted) throws IOException, InterruptedException {
    JsonNode page = NodeCommand.get(client, MESSAGES + "?" + wanted.query());
    page.path("results").forEach(this::line);
    if (page.has("before")) {
      out.println("there are more: --limit shows them");
    }
  }

  void show(String uuid) throws IOException, InterruptedException {
    show(NodeCommand.get(client, MESSAGES + "/" + NodeClient.encoded(uuid)));
  }

  private void line(JsonNode message) {
    out.printf(
        "%s  %s  %-4s %-7s %-4s %s: %s%n",
        message.path("timestamp").asString(""),
        message.path("uuid").asString(""),
        message.path("operation").asString(""),
        message.path("action").asString(""),
        message.path("success").asBoolean(false) ? "ok" : "FAIL",
        message.path("resource").asString(""),
        message.path("details").asString(""));
  }

  private void show(JsonNode message) {
    message.properties().stream()
        .filter(member -> !member.getKey().equals("requests") && !member.getValue().isNull())
        .forEach(
            member ->
                out.println(
                    member.getKey()
                        + ": "
                        + (member.getValue().isString()
                            ? member.getValue().stringValue()
                            : member.getValue())));
    for (JsonNode request : message.path("requests")) {
      out.println(
          "> " + request.path("method").asString("") + " " + request.path("url").asString(""));
      text(request, "request");
      out.println("< " + request.path("status").asInt());
      text(request, "answer");
    }
  }

  private void text(JsonNode request, String member) {
    request.path(member).asString("").lines().forEach(line -> out.println("  " + line));
  }
}
