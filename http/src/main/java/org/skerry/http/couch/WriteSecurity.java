package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.audit.AuditAction;
import org.skerry.database.Database;
import org.skerry.database.Security;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.admin.Administration;

/** {@code PUT /{db}/_security}. */
final class WriteSecurity implements DatabaseEndpoint {
  private final Administration administration;

  WriteSecurity(Administration administration) {
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    // Whom the users' own database belongs to is nobody's to change, as in CouchDB.
    if (AccessControl.isOfUsers(database)
        && !administration
            .configuration()
            .view()
            .flag("couchdb", "users_db_security_editable", false)) {
      throw HttpProblem.forbidden("You can't edit the security object of the user database.");
    }
    byte[] json = exchange.readBody();
    RequestJson.object(json); // it may be none, or too large
    database.security(Security.parse(json));
    administration.note(exchange, AuditAction.SECURITY_CHANGED, database.name());
    exchange.answer(JsonAnswer.ok(200));
  }
}
