package org.skerry.fhir.export;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.store.LocalDocuments;
import org.skerry.store.LocalDocuments.LocalDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** At which positions of a database's feed its last exports began, by their times. */
final class ExportTimes {
  private static final DocId PLACE = DocId.of("_local/fhir-exports");
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final int REMEMBERED = 200;
  private static final int TRIES = 10;

  private ExportTimes() {}

  /** The position of an export that began at that time, if one did. */
  static Optional<Long> position(Database database, Instant time) {
    for (JsonNode one : read(database.store().local().get(PLACE))) {
      if (one.path("time").asString("").equals(time.toString())) {
        return Optional.of(one.path("seq").asLong());
      }
    }
    return Optional.empty();
  }

  private static List<JsonNode> read(Optional<LocalDocument> document) {
    List<JsonNode> times = new ArrayList<>();
    document
        .map(found -> MAPPER.readTree(found.body().json()))
        .ifPresent(json -> json.path("times").forEach(times::add));
    return times;
  }

  static void note(Database database, Instant time, long seq) {
    LocalDocuments local = database.store().local();
    for (int i = 0; i < TRIES; i++) {
      Optional<LocalDocument> before = local.get(PLACE);
      List<JsonNode> times = read(before);
      ObjectNode json = MAPPER.createObjectNode();
      ArrayNode kept = json.putArray("times");
      times.stream().skip(Math.max(0, times.size() - REMEMBERED + 1)).forEach(kept::add);
      kept.addObject().put("time", time.toString()).put("seq", seq);
      Body body = Body.ofTrusted(json.toString().getBytes(StandardCharsets.UTF_8));
      if (local.put(PLACE, before.map(LocalDocument::version).orElse(0L), body).isPresent()) {
        return;
      }
    }
  }
}
