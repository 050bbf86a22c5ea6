package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;

/** {@code DELETE /db/doc/attachment}: an edit of the document that leaves one attachment out. */
final class DeleteAttachment implements DatabaseEndpoint {
  private final DocumentPath path;
  private final DocumentWriting writing;

  DeleteAttachment(DocumentPath path, DocumentWriting writing) {
    this.path = path;
    this.writing = writing;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    DocId id = path.id(exchange);
    DesignRule.check(exchange, database, id);
    String name = exchange.variable("attachment");
    AttachmentNames.check(name);
    AttachedRevision base =
        Revs.agreed(exchange, Optional.empty()).isPresent()
            ? AttachedRevision.of(exchange, database, id)
            : AttachedRevision.winner(database, id);
    if (!base.has(name)) {
      throw HttpProblem.notFound("Document is missing attachment");
    }
    if (base.parent().isEmpty()) {
      throw HttpProblem.conflict();
    }
    writing.answer(
        exchange,
        database,
        new NewRevision(id, base.parent(), false, base.body(), base.stubsWithout(name)),
        200);
  }
}
