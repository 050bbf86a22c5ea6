package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.document.AttachmentRef;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.PercentDecoder;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore.Pin;
import org.skerry.store.Fields;
import org.skerry.store.StoredRevision;

/**
 * {@code COPY /db/doc} to the id in the {@code Destination} header, over its revision if that names
 * one.
 */
final class CopyDocument implements DatabaseEndpoint {
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://");

  private final DocumentPath path;
  private final DocumentWriting writing;

  CopyDocument(DocumentPath path, DocumentWriting writing) {
    this.path = path;
    this.writing = writing;
  }

  /** Where a copy goes. */
  private record Destination(DocId id, Optional<RevId> rev) {}

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    Destination destination = destination(exchange);
    if (destination.id.isLocal()) {
      throw HttpProblem.badRequest(
          "bad_request", "Destination is a _local document, which is no copy of another.");
    }
    DesignRule.check(exchange, database, destination.id);
    StoredRevision source = source(exchange, database, path.id(exchange));
    List<Pin> pins = new ArrayList<>();
    try {
      List<AttachmentInput> attachments = new ArrayList<>();
      for (AttachmentRef attachment : source.attachments()) {
        database.store().attachments().pin(attachment.blob()).ifPresent(pins::add);
        attachments.add(new AttachmentInput.Stored(attachment.at(0)));
      }
      NewRevision copy =
          new NewRevision(destination.id, destination.rev, false, source.body(), attachments);
      writing.answer(exchange, database, copy, 201);
    } finally {
      pins.forEach(Pin::close);
    }
  }

  private static StoredRevision source(Exchange exchange, Database database, DocId id) {
    DocumentReading reading = new DocumentReading(database.store());
    Optional<RevId> rev = Revs.agreed(exchange, Optional.empty());
    if (rev.isPresent()) {
      return reading
          .revision(id, rev.get())
          .orElseThrow(() -> HttpProblem.notFound("missing"))
          .revision();
    }
    return reading.live(id, Fields.WINNER).revisions().getFirst();
  }

  private static Destination destination(Exchange exchange) {
    String header =
        exchange
            .header("Destination")
            .orElseThrow(
                () ->
                    HttpProblem.badRequest(
                        "bad_request", "Destination header is mandatory for COPY."));
    if (ABSOLUTE.matcher(header).lookingAt()) {
      throw HttpProblem.badRequest("bad_request", "Destination URL must be relative.");
    }
    int question = header.indexOf('?');
    String id = question < 0 ? header : header.substring(0, question);
    String query = question < 0 ? "" : header.substring(question + 1);
    if (!query.isEmpty() && !query.startsWith("rev=")) {
      throw HttpProblem.badRequest("bad_request", "Destination takes ?rev= and nothing else.");
    }
    Optional<RevId> rev =
        query.isEmpty() ? Optional.empty() : Optional.of(RevId.parse(query.substring(4)));
    return new Destination(DocId.of(PercentDecoder.decode(id)), rev);
  }
}
