package org.skerry.http.couch.schedule;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.schedule.StoredRefusals;

/** {@code DELETE /_scheduler/refused/{id}}: somebody has seen it, and that is all. */
final class ForgetRefused implements Endpoint {
  private final StoredRefusals refusals;

  ForgetRefused(StoredRefusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (!refusals.forget(ReplicationId.base(JobIds.of(exchange)))) {
      throw JobIds.missing();
    }
    exchange.answer(JsonAnswer.ok(200));
  }
}
