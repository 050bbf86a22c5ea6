package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;

/** {@code DELETE /db/doc}: a tombstone without members. */
final class DeleteDocument implements DatabaseEndpoint {
  private final DocumentPath path;
  private final DocumentWriting writing;

  DeleteDocument(DocumentPath path, DocumentWriting writing) {
    this.path = path;
    this.writing = writing;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    DocId id = path.id(exchange);
    DesignRule.check(exchange, database, id);
    Optional<RevId> rev = Revs.agreed(exchange, Optional.empty());
    // Whoever deletes a second time hears that it is deleted, and not that there is a conflict.
    new DocumentReading(database.store()).live(id, Fields.LEAVES);
    if (rev.isEmpty()) {
      throw HttpProblem.conflict();
    }
    writing.answer(exchange, database, new NewRevision(id, rev, true, Body.EMPTY, List.of()), 200);
  }
}
