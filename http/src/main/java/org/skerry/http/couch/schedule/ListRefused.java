package org.skerry.http.couch.schedule;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.replication.schedule.RefusalJson;
import org.skerry.replication.schedule.StoredRefusals;

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
    exchange.answer(paging.of("replications", refusals.all(), RefusalJson::summary));
  }
}
