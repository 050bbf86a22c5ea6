package org.skerry.server;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.skerry.fingerprint.Entry;
import org.skerry.fingerprint.Fingerprint;
import org.skerry.fingerprint.PlaceRange;
import org.skerry.fingerprint.Side;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A running node's database as one side of a comparison. One thread. */
record NodeSide(NodeClient client, String name) implements Side {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  @Override
  public List<Fingerprint> fingerprints(List<PlaceRange> ranges) throws IOException {
    ObjectNode question = MAPPER.createObjectNode();
    ranges.forEach(range -> question.withArray("ranges").add(range.prefix()));
    List<Fingerprint> answers = new ArrayList<>();
    for (JsonNode one : ask(question).path("fingerprints")) {
      answers.add(new Fingerprint(one.path("count").asLong(0), one.path("sum").asString("")));
    }
    if (answers.size() != ranges.size()) {
      throw new IOException(name + " answered something else than fingerprints");
    }
    return answers;
  }

  @Override
  public List<Entry> list(PlaceRange range) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode one :
        ask(MAPPER.createObjectNode().put("list", range.prefix())).path("documents")) {
      List<String> leaves = new ArrayList<>();
      one.path("leaves").forEach(leaf -> leaves.add(leaf.asString("")));
      entries.add(new Entry(one.path("id").asString(""), leaves));
    }
    return entries;
  }

  private JsonNode ask(ObjectNode question) throws IOException {
    try {
      HttpResponse<String> answer = client.send("POST", "/_fingerprint", question.toString());
      if (answer.statusCode() == 404 || answer.statusCode() == 405) {
        throw new IOException(
            name + " has no such database, or knows no fingerprints: " + answer.body().strip());
      }
      if (answer.statusCode() != 200) {
        throw NodeClient.unexpected(answer);
      }
      return MAPPER.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking " + name, e);
    } catch (JacksonException e) {
      throw new IOException(name + " answered no JSON", e);
    }
  }
}
