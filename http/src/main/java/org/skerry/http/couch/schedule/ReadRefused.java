package org.skerry.http.couch.schedule;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.schedule.RefusalJson;
import org.skerry.replication.schedule.StoredRefusals;
import org.skerry.replication.schedule.StoredRefusals.Refused;

/** {@code GET /_scheduler/refused/{id}}: the documents that a replication was refused, and why. */
final class ReadRefused implements Endpoint {
  private final StoredRefusals refusals;

  ReadRefused(StoredRefusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String base = ReplicationId.base(JobIds.of(exchange));
    Refused found = refusals.find(base).orElseThrow(JobIds::missing);
    exchange.answer(JsonAnswer.of(200, out -> RefusalJson.whole(out, found)));
  }
}
