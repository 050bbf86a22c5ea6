package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Answer;
import org.skerry.http.Exchange;

/** {@code GET /{db}/_security}: as it was given. */
final class ReadSecurity implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    exchange.answer(Answer.json(200, database.security().json()));
  }
}
