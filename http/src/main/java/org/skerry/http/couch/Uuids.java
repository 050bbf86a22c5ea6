package org.skerry.http.couch;

import java.io.IOException;
import java.util.Optional;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;

/** {@code GET /_uuids?count=n}: names for new documents. */
final class Uuids implements Endpoint {
  private static final long MOST = 1_000;

  /** As in CouchDB: who keeps answers in spite of all else must not give an id out twice. */
  private static final String LONG_AGO = "Mon, 01 Jan 1990 00:00:00 GMT";

  private final UuidSequence uuids;

  Uuids(UuidSequence uuids) {
    this.uuids = uuids;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    int count = (int) count(exchange.query().text("count"));
    exchange.answer(
        JsonAnswer.of(
                200,
                out -> {
                  out.writeStartObject();
                  out.writeArrayPropertyStart("uuids");
                  for (int i = 0; i < count; i++) {
                    out.writeString(uuids.next());
                  }
                  out.writeEndArray();
                  out.writeEndObject();
                })
            .with("Cache-Control", "no-cache")
            .with("Expires", LONG_AGO)
            .with("Pragma", "no-cache"));
  }

  private static long count(Optional<String> given) {
    long count;
    try {
      count = given.map(Long::parseLong).orElse(1L);
    } catch (NumberFormatException e) {
      count = -1;
    }
    if (count < 0) {
      throw HttpProblem.badRequest("bad_request", "count must be a positive integer");
    }
    if (count > MOST) {
      throw HttpProblem.badRequest("bad_request", "count parameter too large");
    }
    return count;
  }
}
