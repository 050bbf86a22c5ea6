package org.skerry.http.couch.subset;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Answer;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.scope.ScopeRules;

/** {@code GET /{db}/_scope}: the rules as they were given. */
final class ReadScope implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    ScopeRules rules =
        database
            .scope()
            .orElseThrow(
                () -> HttpProblem.notFound("This database has no scope rules: PUT some here."));
    exchange.answer(Answer.json(200, rules.json()));
  }
}
