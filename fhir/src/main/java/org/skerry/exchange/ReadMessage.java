package org.skerry.exchange;

import java.io.IOException;
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
    Body message = RetryMessage.find(exchanges, exchange.variable("uuid"));
    exchange.answer(Answer.json(200, message.json()));
  }
}
