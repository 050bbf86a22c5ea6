package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.attachment.AttachmentForm;
import org.skerry.database.Database;
import org.skerry.document.AttachmentRef;
import org.skerry.document.DocId;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.DamagedRecordException;
import org.skerry.store.Fields;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredDocument;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /db/doc?open_revs=…}: several revisions of one document, deleted ones too; as
 * multipart/mixed with attachments as bytes for whoever takes that, {@code *}{@code /*} included as
 * in CouchDB, and for others as a JSON list.
 */
final class OpenRevs {
  /**
   * A revision that was asked for.
   *
   * @param damage why it cannot be read, where the store has lost something of it
   */
  private record Row(RevId rev, Optional<Found> found, Optional<String> damage) {
    private static Row of(RevId rev, DocumentReading reading, DocId id) {
      try {
        return new Row(rev, reading.revision(id, rev), Optional.empty());
      } catch (DamagedRecordException e) {
        return new Row(rev, Optional.empty(), Optional.ofNullable(e.getMessage()));
      }
    }
  }

  void handle(Exchange exchange, Database database, DocId id) throws IOException {
    ReadOptions options = ReadOptions.of(exchange.query());
    DocumentReading reading = new DocumentReading(database.store());
    List<RevId> revs = revs(exchange.query().text("open_revs").orElse(""), reading, id, options);
    List<Row> rows = revs.stream().map(rev -> Row.of(rev, reading, id)).toList();
    if (Accepts.type(exchange, "multipart/mixed")) {
      MixedDocuments mixed = MixedDocuments.begin(exchange);
      for (Row row : rows) {
        if (row.found.isPresent()) {
          // In this form CouchDB sends attachments whether they were asked for or not.
          mixed.document(
              id, row.found.get(), options.withAttachments(), database.store().attachments());
        } else {
          mixed.missing(row.rev, row.damage);
        }
      }
      mixed.end();
    } else {
      JsonStream.send(
          exchange, AnswerHead.json(200), out -> write(out, database, id, rows, options));
    }
  }

  private static List<RevId> revs(
      String wanted, DocumentReading reading, DocId id, ReadOptions options) {
    if (wanted.equals("all")) {
      StoredDocument document =
          reading.load(id, Fields.LEAVES).orElseThrow(() -> HttpProblem.notFound("missing"));
      return document.leaves().stream().map(Leaf::rev).toList();
    }
    List<RevId> named = ReadOptions.revs(wanted);
    return options.latest() ? reading.latest(id, named) : named;
  }

  private static void write(
      JsonGenerator out, Database database, DocId id, List<Row> rows, ReadOptions options) {
    out.writeStartArray();
    for (Row row : rows) {
      out.writeStartObject();
      if (row.found.isPresent()) {
        out.writeName("ok");
        Found found = row.found.get();
        DocumentJson.write(out, id, found.revision(), extras(database, found, options));
      } else {
        out.writeStringProperty("missing", row.rev.toString());
        row.damage.ifPresent(why -> out.writeStringProperty("reason", why));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** What is shown beside a revision in JSON. */
  static DocumentExtras extras(Database database, Found found, ReadOptions options) {
    DocumentExtras extras =
        options.revs() ? DocumentExtras.NONE.withRevisions(found.path()) : DocumentExtras.NONE;
    if (!options.attachments() || found.revision().attachments().isEmpty()) {
      return extras.withAttachments(AttachmentForm.STUBS, options.encodingInfo());
    }
    Predicate<AttachmentRef> lacking = DocumentReading.lacking(found.path(), options.attsSince());
    return extras.withAttachments(
        new AttachmentForm.Inline(database.store().attachments(), lacking), options.encodingInfo());
  }
}
