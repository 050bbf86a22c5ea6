package org.skerry.http.couch.stats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/** {@code GET /_node/{node}/_prometheus}: every figure in Prometheus' text format. */
final class ReadPrometheus implements Endpoint {
  private final Stats stats;

  ReadPrometheus(Stats stats) {
    this.stats = stats;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(
        new Answer(
            AnswerHead.of(200, "text/plain; version=0.0.4; charset=utf-8"),
            stats.scrape().getBytes(StandardCharsets.UTF_8)));
  }
}
