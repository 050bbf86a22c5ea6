package org.skerry.http.couch.schedule;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.schedule.Schedule;
import org.skerry.replication.schedule.StoredRefusals;

/**
 * {@code POST /_scheduler/refused/{id}/_retry}: sends what a replication was refused again, because
 * somebody has done something about it, and says how much of it was taken.
 */
final class RetryRefused implements Endpoint {
  private final Schedule schedule;
  private final StoredRefusals refusals;

  RetryRefused(Schedule schedule, StoredRefusals refusals) {
    this.schedule = schedule;
    this.refusals = refusals;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    RequestJson.requireJson(exchange);
    String base = ReplicationId.base(JobIds.of(exchange));
    if (refusals.find(base).isEmpty()) {
      throw JobIds.missing();
    }
    int taken = retry(base);
    int left = refusals.load(base).size();
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeBooleanProperty("ok", true);
              out.writeNumberProperty("accepted", taken);
              out.writeNumberProperty("refused", left);
              out.writeEndObject();
            }));
  }

  private int retry(String base) {
    try {
      return schedule
          .retryRefused(base)
          .orElseThrow(
              () ->
                  new HttpProblem(
                      409,
                      "not_asked_for",
                      "No document asks for this replication, and it does not run; begin it"
                          + " again."));
    } catch (PeerException e) {
      throw new HttpProblem(502, "replication_failed", String.valueOf(e.getMessage()));
    }
  }
}
