package org.skerry.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/** {@code GET /ws/rest/sync2/messages/{uuid}}. */
final class ReadMessage implements Endpoint {
  private final Exchanges exchanges;

  ReadMessage(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String uuid = exchange.variable("uuid");
    Body message = RetryMessage.find(exchanges, uuid);
    Optional<String> next = Optional.ofNullable(exchanges.chain().after(List.of(uuid)).get(uuid));
    exchange.answer(
        Answer.json(200, Chain.shown(message.json(), next).getBytes(StandardCharsets.UTF_8)));
  }
}
