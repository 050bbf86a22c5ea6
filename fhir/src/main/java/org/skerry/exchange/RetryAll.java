package org.skerry.exchange;

import java.io.IOException;
import java.util.Optional;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;

/**
 * {@code POST /_exchange/_status/{partner}/retry}: tries everything again that was set aside, or
 * the one {@code resource} that is named.
 */
final class RetryAll implements Endpoint {
  private final Exchanges exchanges;

  RetryAll(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    retry(exchange, RunPartner.runner(exchanges, exchange), exchange.query().text("resource"));
  }

  static void retry(Exchange exchange, Runner runner, Optional<String> record) throws IOException {
    try {
      runner.retry(record);
    } catch (PartnerDownException e) {
      throw new HttpProblem(502, "partner_down", String.valueOf(e.getMessage()));
    }
    int left =
        (int)
            runner.letters().stream()
                .filter(letter -> record.isEmpty() || record.get().equals(letter.id().toString()))
                .count();
    exchange.answer(
        Answers.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeBooleanProperty("ok", left == 0);
              out.writeNumberProperty("left", left);
              out.writeEndObject();
            }));
  }
}
