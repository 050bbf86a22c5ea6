package org.skerry.server;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.skerry.fingerprint.Comparison;
import org.skerry.fingerprint.Difference;
import org.skerry.json.JsonIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A comparison that a site's node makes with its centre, by {@code POST /{db}/_verify}. */
final class VerifyByNode {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  /** A round repairs the differences that the node told, so many of many. */
  private static final int ROUNDS = 100;

  private final DifferencesOut shown;
  private final boolean repair;

  VerifyByNode(DifferencesOut shown, boolean repair) {
    this.shown = shown;
    this.repair = repair;
  }

  /** All databases that a node has as that site; returns the command's status. */
  int site(NodeClient node, String site) throws IOException, InterruptedException {
    List<JsonNode> own = new ArrayList<>();
    List<String> others = new ArrayList<>();
    boolean unknown = false;
    for (JsonNode centre : json(node.send("GET", "/_centres", "")).path("centres")) {
      if (centre.path("site").asString("").equals(site)) {
        own.add(centre);
      } else {
        others.add(told(centre));
        unknown |= centre.has("problem");
      }
    }
    if (own.isEmpty()) {
      shown.say(
          unknown
              ? "No centre that answers knows this node as the site " + site + ":"
              : "This node is not the site " + site + " of any centre that it pulls from.");
      others.forEach(shown::say);
      return Main.FAILED;
    }
    int status = 0;
    for (JsonNode centre : own) {
      String database = centre.path("db").asString("");
      shown.say(database + ", centre " + centre.path("centre").asString(""));
      String path = "/" + NodeClient.encoded(database);
      status = Math.max(status, run(node, path, centre.path("centre").asString("")));
    }
    return status;
  }

  private static String told(JsonNode centre) {
    String what = centre.path("db").asString("") + ", centre " + centre.path("centre").asString("");
    return centre.has("problem")
        ? what + ": " + centre.path("problem").asString("")
        : what + ": site " + centre.path("site").asString("none");
  }

  /** One database. */
  int database(NodeClient database) throws IOException, InterruptedException {
    return run(database, "", "");
  }

  private int run(NodeClient client, String path, String centre)
      throws IOException, InterruptedException {
    ObjectNode question = MAPPER.createObjectNode();
    if (!centre.isEmpty()) {
      question.put("centre", centre);
    }
    JsonNode answer = json(client.send("POST", path + "/_verify", question.toString()));
    Comparison.Result result = result(answer);
    shown.show(result);
    long before = Long.MAX_VALUE;
    for (int round = 0; repair && !result.equal() && round < ROUNDS; round++) {
      ObjectNode mending = question.deepCopy();
      result.differences().forEach(one -> mending.withArray("repair").add(one.id()));
      answer = json(client.send("POST", path + "/_verify", mending.toString()));
      result = result(answer);
      shown.refused(answer.path("refused").asLong(0), client.node());
      long left = result.differences().size();
      boolean stuck = left >= before || left > 0 && result.complete();
      before = result.complete() ? left : Long.MAX_VALUE;
      if (result.equal() || stuck) {
        shown.say("After the repair:");
        shown.show(result);
        return result.equal() ? 0 : Main.FAILED;
      }
    }
    return result.equal() ? 0 : Main.FAILED;
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != 200) {
      throw NodeClient.unexpected(answer);
    }
    return MAPPER.readTree(answer.body());
  }

  private static Comparison.Result result(JsonNode answer) {
    List<Difference> differences = new ArrayList<>();
    for (JsonNode one : answer.path("documents")) {
      differences.add(
          new Difference(
              one.path("id").asString(""), texts(one.path("here")), texts(one.path("there"))));
    }
    return new Comparison.Result(
        differences, answer.path("complete").asBoolean(true), answer.path("asked").asLong(0));
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(text -> text.asString("")).toList();
  }
}
