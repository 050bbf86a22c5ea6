package org.skerry.http.couch.subset;

import java.io.IOException;
import java.util.Optional;
import org.skerry.audit.AuditAction;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.http.couch.admin.Administration;
import org.skerry.scope.InvalidScopeException;
import org.skerry.scope.ScopeRules;
import org.skerry.subset.SubsetKeeper;
import org.skerry.subset.Subsetting;

/**
 * {@code PUT /{db}/_scope}: replaces the rules. Documents that are here already follow in the
 * background; {@code _active_tasks} shows how far they are.
 */
final class WriteScope implements DatabaseEndpoint {
  private final Subsetting subsets;
  private final SubsetKeeper keeper;
  private final Administration administration;

  WriteScope(Subsetting subsets, SubsetKeeper keeper, Administration administration) {
    this.subsets = subsets;
    this.keeper = keeper;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    if (database.name().startsWith("_")) {
      throw HttpProblem.forbidden("The node's own databases have no subsets.");
    }
    ScopeRules rules;
    try {
      rules = ScopeRules.parse(RequestJson.object(exchange));
    } catch (InvalidScopeException e) {
      throw HttpProblem.badRequest("invalid_scope", String.valueOf(e.getMessage()));
    }
    subsets.begin();
    database.scope(Optional.of(rules));
    keeper.rulesChanged(database);
    administration.note(exchange, AuditAction.SCOPE_CHANGED, database.name());
    exchange.answer(JsonAnswer.ok(200));
  }
}
