package org.skerry.http.couch.stats;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import tools.jackson.databind.JsonNode;

/** {@code GET /_node/{node}/_stats} and parts of it, {@code _stats/couchdb/request_time}. */
final class ReadStats implements Endpoint {
  private final Stats stats;
  private final boolean whole;

  private ReadStats(Stats stats, boolean whole) {
    this.stats = stats;
    this.whole = whole;
  }

  static ReadStats whole(Stats stats) {
    return new ReadStats(stats, true);
  }

  /** Of what the variable {@code figure} names. */
  static ReadStats part(Stats stats) {
    return new ReadStats(stats, false);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    List<String> path =
        whole
            ? List.of()
            : Arrays.stream(exchange.variable("figure").split("/"))
                .filter(name -> !name.isEmpty())
                .toList();
    JsonNode part = StatsTree.part(StatsTree.of(stats), path);
    exchange.answer(JsonAnswer.of(200, out -> out.writeRawValue(part.toString())));
  }
}
