package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.database.Security;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;

/** {@code PUT /{db}/_security}. */
final class WriteSecurity implements DatabaseEndpoint {
  /** Whom the users' own database belongs to is nobody's to change, as in CouchDB. */
  private static final String USERS = "_users";

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    if (database.name().equals(USERS)) {
      throw HttpProblem.forbidden("You can't edit the security object of the user database.");
    }
    database.security(Security.parse(exchange.readBody()));
    exchange.answer(JsonAnswer.ok(200));
  }
}
