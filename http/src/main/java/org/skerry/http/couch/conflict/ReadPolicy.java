package org.skerry.http.couch.conflict;

import java.io.IOException;
import org.skerry.conflict.Conflicts;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;

/** {@code GET /{db}/_conflict_policy}. */
final class ReadPolicy implements DatabaseEndpoint {
  private final Conflicts conflicts;

  ReadPolicy(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    Conflicts.PolicyText policy = conflicts.policy(database);
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              policy.version().ifPresent(rev -> out.writeStringProperty("_rev", rev.toString()));
              out.writeName("rules");
              out.writeRawValue(policy.rules().toString());
              policy.problem().ifPresent(text -> out.writeStringProperty("problem", text));
              out.writeEndObject();
            }));
  }
}
