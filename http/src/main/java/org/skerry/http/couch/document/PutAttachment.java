package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.skerry.attachment.AttachmentDraft;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.attachment.Expectation;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.revision.RevId;

/**
 * {@code PUT /db/doc/attachment}: an edit of the document that adds or replaces one attachment,
 * streamed into the store. Without a revision it makes the document, if there is none.
 */
final class PutAttachment implements DatabaseEndpoint {
  private final DocumentPath path;
  private final DocumentWriting writing;

  PutAttachment(DocumentPath path, DocumentWriting writing) {
    this.path = path;
    this.writing = writing;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    DocId id = path.id(exchange);
    DesignRule.check(exchange, database, id);
    AttachedRevision base = AttachedRevision.of(exchange, database, id);
    Announced announced = announced(exchange);
    try (IncomingAttachment incoming =
        writing.attachments(database).receive(announced, exchange.encodedBody())) {
      List<AttachmentInput> attachments = new ArrayList<>(base.stubsWithout(announced.name()));
      attachments.add(incoming.input());
      NewRevision edit = new NewRevision(id, base.parent(), false, base.body(), attachments);
      RevId rev = writing.write(exchange, database, edit);
      String location = Locations.of(exchange, database, id, announced.name());
      exchange.answer(DocumentWriting.done(201, id, rev).with("Location", location));
    }
  }

  private static Announced announced(Exchange exchange) {
    String name = exchange.variable("attachment");
    AttachmentNames.check(name);
    Optional<String> md5 = exchange.header("Content-MD5");
    return new Announced(
        name,
        exchange.header("Content-Type").orElse(AttachmentDraft.DEFAULT_TYPE),
        0,
        encoding(exchange),
        new Expectation(OptionalLong.empty(), md5.map(digest -> "md5-" + digest)));
  }

  private static Encoding encoding(Exchange exchange) {
    String named = exchange.header("Content-Encoding").orElse("identity");
    return switch (named.toLowerCase(Locale.ROOT)) {
      case "gzip" -> Encoding.GZIP;
      case "identity" -> Encoding.IDENTITY;
      default ->
          throw new HttpProblem(
              415, "bad_content_type", "Only gzip and identity content-encodings are supported");
    };
  }
}
