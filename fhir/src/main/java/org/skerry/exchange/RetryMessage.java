package org.skerry.exchange;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.skerry.document.Body;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.json.JsonIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /ws/rest/sync2/messages/{uuid}/retry}: tries the record of a message again, when it
 * is set aside.
 */
final class RetryMessage implements Endpoint {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  static final Pattern UUID = Pattern.compile("[0-9a-f-]{36}");

  private final Exchanges exchanges;

  RetryMessage(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  static Body find(Exchanges exchanges, String uuid) {
    return Optional.of(uuid)
        .filter(text -> UUID.matcher(text).matches())
        .flatMap(text -> exchanges.messages().flatMap(messages -> messages.find(text)))
        .orElseThrow(() -> HttpProblem.notFound("missing"));
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    JsonNode message = MAPPER.readTree(find(exchanges, exchange.variable("uuid")).json());
    Runner runner =
        exchanges
            .runner(message.path("partner").asString(""))
            .orElseThrow(() -> HttpProblem.notFound("The partner is not described any more."));
    RetryAll.retry(exchange, runner, Set.of(message.path("resource").asString("")));
  }
}
