package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
 * in CouchDB, and for others as a JSON list. They are read when their turn comes: each may be
 * large.
 */
final class OpenRevs {
  private static final int AT_ONCE = 4;

  /**
   * A revision that was asked for.
   *
   * @param damage why it cannot be read, where the store has lost something of it
   */
  private record Row(RevId rev, Optional<Found> found, Optional<String> damage) {
    /** Where one of them is damaged, each is read by itself. */
    private static List<Row> of(List<RevId> revs, DocumentReading reading, DocId id) {
      List<Row> rows = new ArrayList<>(revs.size());
      try {
        List<Optional<Found>> found = reading.revisions(id, revs);
        for (int i = 0; i < revs.size(); i++) {
          rows.add(new Row(revs.get(i), found.get(i), Optional.empty()));
        }
        return rows;
      } catch (DamagedRecordException e) {
        if (revs.size() == 1) {
          return List.of(
              new Row(revs.getFirst(), Optional.empty(), Optional.ofNullable(e.getMessage())));
        }
      }
      rows.clear();
      revs.forEach(rev -> rows.addAll(of(List.of(rev), reading, id)));
      return rows;
    }
  }

  /** A few are read at a time: each may be large, and all of them have one history. */
  private static Iterable<Row> rows(List<RevId> revs, DocumentReading reading, DocId id) {
    return () ->
        IntStream.iterate(0, from -> from < revs.size(), from -> from + AT_ONCE)
            .mapToObj(from -> revs.subList(from, Math.min(revs.size(), from + AT_ONCE)))
            .flatMap(some -> Row.of(some, reading, id).stream())
            .iterator();
  }

  void handle(Exchange exchange, Database database, DocId id) throws IOException {
    ReadOptions options = ReadOptions.of(exchange.query());
    DocumentReading reading = new DocumentReading(database.store());
    List<RevId> revs = revs(exchange.query().text("open_revs").orElse(""), reading, id, options);
    if (Accepts.type(exchange, "multipart/mixed")) {
      MixedDocuments mixed = MixedDocuments.begin(exchange);
      for (Row row : rows(revs, reading, id)) {
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
          exchange,
          AnswerHead.json(200),
          out -> {
            out.writeStartArray();
            for (Row row : rows(revs, reading, id)) {
              write(out, database, id, row, options);
            }
            out.writeEndArray();
          });
    }
  }

  private static List<RevId> revs(
      String wanted, DocumentReading reading, DocId id, ReadOptions options) {
    if (wanted.equals("all")) {
      StoredDocument document =
          reading.load(id, Fields.LEAVES).orElseThrow(() -> HttpProblem.notFound("missing"));
      return document.leaves().stream().map(Leaf::rev).toList();
    }
    List<RevId> named = ReadOptions.revs(wanted).stream().distinct().toList();
    return options.latest() ? reading.latest(id, named) : named;
  }

  private static void write(
      JsonGenerator out, Database database, DocId id, Row row, ReadOptions options) {
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
