package org.skerry.exchange;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;

/**
 * {@code POST /_exchange/_status/{partner}/run}: has it run as soon as it can; with {@code
 * direction} or {@code category} only that.
 */
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

  static Set<Direction> directions(Exchange exchange) {
    return exchange
        .query()
        .text("direction")
        .map(
            text ->
                Set.of(
                    Direction.of(text)
                        .orElseThrow(
                            () ->
                                HttpProblem.badRequest(
                                    "query_parse_error",
                                    "`direction` is pull or push, not " + text))))
        .orElse(Set.of(Direction.values()));
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Runner runner = runner(exchanges, exchange);
    Optional<String> category = exchange.query().text("category");
    if (!runner.ask(directions(exchange), category)) {
      throw HttpProblem.notFound("The partner does not exchange that.");
    }
    exchange.answer(Answers.ok(202));
  }
}
