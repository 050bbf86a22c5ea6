package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.audit.AuditAction;
import org.skerry.database.Databases;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.admin.Administration;

/** {@code DELETE /{db}}. */
final class DeleteDatabase implements Endpoint {
  private final Databases databases;
  private final Administration administration;

  DeleteDatabase(Databases databases, Administration administration) {
    this.databases = databases;
    this.administration = administration;
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
    String name = exchange.variable("db");
    if (!drop(name)) {
      throw HttpProblem.notFound("Database does not exist.");
    }
    administration.note(exchange, AuditAction.DATABASE_DELETED, name);
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
