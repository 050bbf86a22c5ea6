package org.skerry.http.couch.conflict;

import java.io.IOException;
import java.util.Optional;
import org.skerry.conflict.Conflict;
import org.skerry.conflict.ConflictRow;
import org.skerry.conflict.Conflicts;
import org.skerry.conflict.CrowdedConflict;
import org.skerry.conflict.Desk;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;

/**
 * {@code GET /{db}/_conflicts/{docid}}: what conflicts, and what it comes to; of very many versions
 * those {@code from} a place on.
 */
final class ReadConflict implements DatabaseEndpoint {
  private final Conflicts conflicts;

  ReadConflict(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    DocId id = DocId.of(exchange.variable("doc"));
    Optional<ConflictRow> row = conflicts.row(database, id);
    Desk desk = conflicts.desk(database);
    Optional<Conflict> conflict = desk.find(id);
    if (conflict.isPresent()) {
      exchange.answer(
          JsonAnswer.of(200, out -> new ConflictJson(out, conflict.get(), row).write()));
      return;
    }
    int from =
        (int) Math.min(Integer.MAX_VALUE, Math.max(0, exchange.query().number("from").orElse(0L)));
    CrowdedConflict crowd =
        desk.findCrowded(id, from).orElseThrow(() -> HttpProblem.notFound("no conflict"));
    exchange.answer(JsonAnswer.of(200, out -> CrowdJson.write(out, crowd, row)));
  }
}
