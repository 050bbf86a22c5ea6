package org.skerry.http.couch.subset;

import java.io.IOException;
import java.util.Optional;
import org.skerry.audit.AuditAction;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.admin.Administration;
import org.skerry.subset.SubsetKeeper;

/** {@code DELETE /{db}/_scope}: sites lose their parts, and members see all of it again. */
final class DeleteScope implements DatabaseEndpoint {
  private final SubsetKeeper keeper;
  private final Administration administration;

  DeleteScope(SubsetKeeper keeper, Administration administration) {
    this.keeper = keeper;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    database.scope(Optional.empty());
    keeper.rulesChanged(database);
    administration.note(exchange, AuditAction.SCOPE_CHANGED, database.name());
    exchange.answer(JsonAnswer.ok(200));
  }
}
