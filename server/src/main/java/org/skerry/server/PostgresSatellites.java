package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A running node's satellites, for {@code skerry postgres}. */
final class PostgresSatellites {
  private static final String STATUS = "/_postgres/_status";

  /** Shorter than a client waits for an answer. */
  private static final int SECONDS = 45;

  private static final int ACCEPTED = 202;
  private static final int MEGABYTE = 20;

  private final NodeClient client;
  private final PrintWriter out;

  PostgresSatellites(NodeClient client, PrintWriter out) {
    this.client = client;
    this.out = out;
  }

  private static String path(String satellite) {
    return STATUS + "/" + NodeClient.encoded(satellite);
  }

  /** Shows one or all; returns whether all is well with them. */
  boolean status(Optional<String> satellite) throws IOException, InterruptedException {
    List<JsonNode> satellites = new ArrayList<>();
    if (satellite.isPresent()) {
      satellites.add(NodeCommand.get(client, path(satellite.get())));
    } else {
      NodeCommand.get(client, STATUS).path("satellites").forEach(satellites::add);
    }
    if (satellites.isEmpty()) {
      out.println("no satellites");
    }
    boolean well = true;
    for (JsonNode one : satellites) {
      well &= show(one);
    }
    return well;
  }

  private boolean show(JsonNode satellite) {
    JsonNode push = satellite.path("push");
    JsonNode pull = satellite.path("pull");
    say(
        "%s: %s from %s",
        text(satellite, "satellite"), text(satellite, "database"), text(satellite, "url"));
    say(
        "  push: %s, %d transactions, %d documents, %d refused%s",
        text(push, "phase"),
        number(push, "transactions"),
        number(push, "documents"),
        number(push, "refused"),
        rest(push));
    say(
        "  pull: %d inserted, %d updated, %d deleted, %d waiting, %d to look at%s",
        number(pull, "inserted"),
        number(pull, "updated"),
        number(pull, "deleted"),
        number(pull, "waiting"),
        number(pull, "pending"),
        rest(pull));
    JsonNode log = satellite.path("log");
    if (log.isObject()) {
      say("  log: PostgreSQL keeps %d MB", number(log, "retained_bytes") >> MEGABYTE);
    }
    push.path("schema").forEach(note -> say("  note: %s", note.asString("")));
    pull.path("sequences").forEach(note -> say("  note: %s", note.asString("")));
    if (satellite.has("alarm")) {
      say("  alarm: %s", text(satellite, "alarm"));
    }
    return !satellite.has("alarm") && !push.has("error") && !pull.has("error");
  }

  private static String rest(JsonNode direction) {
    String error = direction.has("error") ? ", waits: " + text(direction, "error") : "";
    return error + (direction.has("next") ? ", next " + text(direction, "next") : "");
  }

  /** Has one run, and waits until it has; returns what the node said last. */
  HttpResponse<String> run(String satellite, String task) throws IOException, InterruptedException {
    String path = path(satellite) + "/run?wait=" + SECONDS + "&task=" + NodeClient.encoded(task);
    HttpResponse<String> answer = client.send("POST", path, "");
    while (answer.statusCode() == ACCEPTED) {
      answer = client.send("POST", path, "");
    }
    return answer;
  }

  /** Lists what waits, and what was refused. */
  void list(String satellite) throws IOException, InterruptedException {
    String path = path(satellite);
    for (JsonNode one : NodeCommand.get(client, path + "/waiting?limit=1000").path("waiting")) {
      say("%s waits: %s", text(one, "id"), text(one, "detail"));
    }
    for (JsonNode one : NodeCommand.get(client, path + "/refused?limit=1000").path("refused")) {
      say("%s refused: %s", text(one, "id"), text(one, "reason"));
    }
  }

  /** Has all of that tried again. */
  HttpResponse<String> retry(String satellite) throws IOException, InterruptedException {
    return client.send("POST", path(satellite) + "/retry", "");
  }

  private void say(String line, Object... values) {
    out.println(line.formatted(values));
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  private static long number(JsonNode node, String name) {
    return node.path(name).asLong(0);
  }
}
