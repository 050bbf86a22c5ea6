package org.skerry.http.couch.subset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.site.Centre;
import org.skerry.replication.site.SiteCheck;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /_centres}: which of this node's databases are pulled from a centre, and as which site
 * that knows the node. Each centre is asked.
 */
final class ListCentres implements Endpoint {
  private final SiteCheck check;

  ListCentres(SiteCheck check) {
    this.check = check;
  }

  /** A centre, and what it said, or why it did not. */
  private record Asked(Centre centre, Optional<String> site, Optional<String> problem) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    List<Asked> all = new ArrayList<>();
    for (Centre centre : check.centres()) {
      all.add(ask(centre));
    }
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeArrayPropertyStart("centres");
              all.forEach(one -> write(out, one));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  private Asked ask(Centre centre) {
    try {
      return new Asked(centre, check.site(centre), Optional.empty());
    } catch (PeerException e) {
      return new Asked(centre, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static void write(JsonGenerator out, Asked one) {
    out.writeStartObject();
    out.writeStringProperty("db", one.centre().database());
    out.writeStringProperty("centre", one.centre().source().name());
    one.site().ifPresent(site -> out.writeStringProperty("site", site));
    one.problem().ifPresent(problem -> out.writeStringProperty("problem", problem));
    out.writeEndObject();
  }
}
