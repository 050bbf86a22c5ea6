package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Databases;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;

/** {@code DELETE /{db}}. */
final class DeleteDatabase implements Endpoint {
  private final Databases databases;

  DeleteDatabase(Databases databases) {
    this.databases = databases;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (exchange.query().has("rev")) {
      // Somebody meant a document whose id turned out empty.
      throw HttpProblem.badRequest(
          "bad_request",
          "You tried to DELETE a database with a ?=rev parameter. "
              + "Did you mean to DELETE a document instead?");
    }
    if (!drop(exchange.variable("db"))) {
      throw HttpProblem.notFound("Database does not exist.");
    }
    exchange.answer(JsonAnswer.ok(200));
  }

  private boolean drop(String name) {
    try {
      return databases.drop(name);
    } catch (InvalidDatabaseNameException e) {
      return false;
    }
  }
}
