package org.skerry.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/**
 * {@code GET /ws/rest/sync2/messages/{uuid}}: a message, with what was asked of the partner for it.
 */
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
        Answer.json(200, whole(Chain.shown(message.json(), next), exchanges.requests(uuid))));
  }

  /** A message with what was asked for it, which stands beside it. */
  private static byte[] whole(String message, Optional<Body> requests) {
    String shown =
        requests
            .map(body -> new String(body.json(), StandardCharsets.UTF_8))
            .map(text -> message.substring(0, message.length() - 1) + "," + text.substring(1))
            .orElse(message);
    return shown.getBytes(StandardCharsets.UTF_8);
  }
}
