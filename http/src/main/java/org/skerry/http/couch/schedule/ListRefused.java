package org.skerry.http.couch.schedule;

import java.io.IOException;
import java.util.List;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.replication.schedule.RefusalJson;
import org.skerry.replication.schedule.StoredRefusals;
import org.skerry.replication.schedule.StoredRefusals.Refused;

/**
 * {@code GET /_scheduler/refused}: replications whose target does not want some documents, running
 * or not. CouchDB only counts them.
 */
final class ListRefused implements Endpoint {
  private final StoredRefusals refusals;

  ListRefused(StoredRefusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Paging paging = Paging.of(exchange.query(), Paging.JOBS);
    List<Refused> all = refusals.all();
    long offset = Math.min(paging.skip(), all.size());
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeNumberProperty("total_rows", all.size());
              out.writeNumberProperty("offset", offset);
              out.writeArrayPropertyStart("replications");
              all.stream()
                  .skip(offset)
                  .limit(paging.limit())
                  .forEach(one -> RefusalJson.summary(out, one));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }
}
