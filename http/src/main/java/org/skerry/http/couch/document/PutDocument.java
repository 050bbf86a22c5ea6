package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.wire.FollowingParts;

/**
 * {@code PUT /db/doc}: an edit, or with {@code new_edits=false} a revision that has its name; as
 * JSON, or as multipart/related with the attachments behind it. The id is the path's, whatever the
 * body says, as in CouchDB.
 */
final class PutDocument implements DatabaseEndpoint {
  private final DocumentPath path;
  private final DocumentWriting writing;

  PutDocument(DocumentPath path, DocumentWriting writing) {
    this.path = path;
    this.writing = writing;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    DocId id = path.id(exchange);
    DesignRule.check(exchange, database, id);
    Optional<IncomingRelated> related = IncomingRelated.of(exchange, writing.limits());
    if (related.isPresent()) {
      write(exchange, database, id, related.get().document(), related.get());
    } else {
      IncomingDocument document = DocumentReader.read(exchange.readBody(), writing.limits());
      write(exchange, database, id, document, FollowingParts.NONE);
    }
  }

  private void write(
      Exchange exchange,
      Database database,
      DocId id,
      IncomingDocument document,
      FollowingParts parts)
      throws IOException {
    Optional<RevId> inBody = document.rev().or(() -> document.revisions().map(RevPath::newest));
    Optional<RevId> named = Revs.agreed(exchange, inBody);
    if (exchange.query().flag("new_edits", true)) {
      writing.edit(exchange, database, id, named, document, parts);
    } else {
      writing.foreign(exchange, database, id, named(document, named), parts);
    }
  }

  /** The document with the name that the query or {@code If-Match} gives it. */
  private static IncomingDocument named(IncomingDocument document, Optional<RevId> rev) {
    return new IncomingDocument(
        document.id(),
        document.revText().or(() -> rev.map(RevId::toString)),
        document.deleted(),
        document.revisions(),
        document.attachments(),
        document.body());
  }
}
