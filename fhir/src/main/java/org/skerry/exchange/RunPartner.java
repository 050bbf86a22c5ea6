package org.skerry.exchange;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;

/** {@code POST /_exchange/_status/{partner}/run}: has it run as soon as it can. */
final class RunPartner implements Endpoint {
  private final Exchanges exchanges;

  RunPartner(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  static Runner runner(Exchanges exchanges, Exchange exchange) {
    return exchanges
        .runner(exchange.variable("partner"))
        .orElseThrow(() -> HttpProblem.notFound("There is no such partner."));
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    runner(exchanges, exchange).ask();
    exchange.answer(Answers.ok(202));
  }
}
