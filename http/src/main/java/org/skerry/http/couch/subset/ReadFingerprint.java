package org.skerry.http.couch.subset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.fingerprint.Entry;
import org.skerry.fingerprint.Fingerprint;
import org.skerry.fingerprint.Fingerprints;
import org.skerry.fingerprint.PlaceRange;
import org.skerry.fingerprint.Side;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /{db}/_fingerprint}: {@code {"ranges": ["", "0a", …]}} is answered with a fingerprint
 * for each range of places, {@code {"list": "0a3"}} with the documents of one. To a site that of
 * its subset.
 */
final class ReadFingerprint implements DatabaseEndpoint {
  private final Fingerprints fingerprints;

  ReadFingerprint(Fingerprints fingerprints) {
    this.fingerprints = fingerprints;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    JsonNode request = RequestJson.object(exchange);
    Side side = fingerprints.of(database);
    if (request.has("list")) {
      List<Entry> entries = side.list(range(request.path("list")));
      exchange.answer(JsonAnswer.of(200, out -> write(out, entries)));
      return;
    }
    List<PlaceRange> ranges = ranges(request.path("ranges"));
    List<Fingerprint> answers = side.fingerprints(ranges);
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeArrayPropertyStart("fingerprints");
              for (int i = 0; i < answers.size(); i++) {
                out.writeStartObject();
                out.writeStringProperty("range", ranges.get(i).prefix());
                out.writeNumberProperty("count", answers.get(i).count());
                out.writeStringProperty("sum", answers.get(i).sum());
                out.writeEndObject();
              }
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  private static void write(JsonGenerator out, List<Entry> entries) {
    out.writeStartObject();
    out.writeArrayPropertyStart("documents");
    for (Entry entry : entries) {
      out.writeStartObject();
      out.writeStringProperty("id", entry.id());
      out.writeArrayPropertyStart("leaves");
      entry.leaves().forEach(out::writeString);
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static List<PlaceRange> ranges(JsonNode list) {
    if (list.isMissingNode()) {
      return List.of(PlaceRange.ALL);
    }
    if (!list.isArray() || list.size() > Side.MOST_RANGES) {
      throw HttpProblem.badRequest(
          "bad_request", "`ranges` must be a list of at most " + Side.MOST_RANGES + " prefixes.");
    }
    List<PlaceRange> ranges = new ArrayList<>(list.size());
    list.forEach(range -> ranges.add(range(range)));
    return ranges;
  }

  private static PlaceRange range(JsonNode prefix) {
    if (!prefix.isString()) {
      throw HttpProblem.badRequest("bad_request", "A range is a string of hex digits.");
    }
    try {
      return new PlaceRange(prefix.asString());
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("bad_request", String.valueOf(e.getMessage()));
    }
  }
}
