package org.skerry.http.couch.conflict;

import java.io.IOException;
import java.util.Optional;
import org.skerry.conflict.Conflict;
import org.skerry.conflict.ConflictRow;
import org.skerry.conflict.Conflicts;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;

/** {@code GET /{db}/_conflicts/{docid}}: what conflicts, and what it comes to. */
final class ReadConflict implements DatabaseEndpoint {
  private final Conflicts conflicts;

  ReadConflict(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    DocId id = DocId.of(exchange.variable("doc"));
    Optional<ConflictRow> row = conflicts.row(database, id);
    Conflict conflict =
        conflicts.desk(database).find(id).orElseThrow(() -> HttpProblem.notFound("no conflict"));
    exchange.answer(JsonAnswer.of(200, out -> new ConflictJson(out, conflict, row).write()));
  }
}
