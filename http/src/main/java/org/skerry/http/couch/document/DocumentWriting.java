package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.DocId;
import org.skerry.document.DocumentLimits;
import org.skerry.document.IncomingDocument;
import org.skerry.http.Answer;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.CouchProblems;
import org.skerry.http.couch.CouchSettings;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.admin.Administration;
import org.skerry.http.couch.admin.DocumentNotes;
import org.skerry.revision.RevId;
import org.skerry.wire.DocumentIntake;
import org.skerry.wire.FollowingParts;

/**
 * Writes one document for an endpoint, and answers with its new revision or with what was wrong.
 */
public final class DocumentWriting {
  private final CouchSettings settings;
  private final DocumentNotes notes;

  /** Writing within limits; writes that administer something are noted. */
  public DocumentWriting(CouchSettings settings, Administration administration) {
    this.settings = settings;
    this.notes = new DocumentNotes(administration);
  }

  public DocumentLimits limits() {
    return settings.documents();
  }

  /** Takes attachments in for a database. Close it when what names them is written. */
  public DocumentIntake intake(Database database) {
    return new DocumentIntake(attachments(database));
  }

  AttachmentIntake attachments(Database database) {
    return new AttachmentIntake(database.store().attachments(), settings.maxAttachmentBytes());
  }

  /**
   * Writes an edit and answers: 201, 200 for one that deletes, or 202 without a revision for {@code
   * batch=ok}.
   */
  public void edit(
      Exchange exchange,
      Database database,
      DocId id,
      Optional<RevId> parent,
      IncomingDocument document,
      FollowingParts parts)
      throws IOException {
    try (DocumentIntake intake = intake(database)) {
      NewRevision edit = intake.edit(id, parent, document, parts);
      if (exchange.query().text("batch").equals(Optional.of("ok"))
          && parts.equals(FollowingParts.NONE)) {
        write(exchange, database, edit);
        exchange.answer(accepted(id));
      } else {
        answer(exchange, database, edit, document.deleted() ? 200 : 201);
      }
    }
  }

  /**
   * Writes an edit whose attachments, if any, stand in its JSON.
   *
   * @throws HttpProblem when it is refused
   */
  public RevId written(
      Exchange exchange,
      Database database,
      DocId id,
      Optional<RevId> parent,
      IncomingDocument document,
      FollowingParts parts)
      throws IOException {
    try (DocumentIntake intake = intake(database)) {
      return write(exchange, database, intake.edit(id, parent, document, parts));
    }
  }

  /** Writes a revision that has its name, and answers. */
  void foreign(
      Exchange exchange,
      Database database,
      DocId id,
      IncomingDocument document,
      FollowingParts parts)
      throws IOException {
    try (DocumentIntake intake = intake(database)) {
      ForeignRevision revision = intake.foreign(id, document, parts);
      WriteResult result =
          database.merge(List.of(revision), AccessControl.author(exchange)).getFirst();
      CouchProblems.of(result)
          .ifPresent(
              problem -> {
                throw problem;
              });
      RevId rev = revision.path().newest();
      notes.written(exchange, database, id, rev, document.deleted());
      int status = document.deleted() ? 200 : 201;
      exchange.answer(written(exchange, database, id, rev, status));
    }
  }

  /** Writes what has no more to come, and answers. */
  void answer(Exchange exchange, Database database, NewRevision edit, int status)
      throws IOException {
    RevId rev = write(exchange, database, edit);
    exchange.answer(written(exchange, database, edit.id(), rev, status));
  }

  /**
   * As CouchDB answers {@code batch=ok}, before it knows the revision; here the document is durable
   * all the same.
   */
  private static Answer accepted(DocId id) {
    return JsonAnswer.of(
        202,
        out -> {
          out.writeStartObject();
          out.writeBooleanProperty("ok", true);
          out.writeStringProperty("id", id.text());
          out.writeEndObject();
        });
  }

  /**
   * Writes an edit.
   *
   * @throws HttpProblem when it is refused
   */
  RevId write(Exchange exchange, Database database, NewRevision edit) {
    WriteResult result = database.update(edit, AccessControl.author(exchange));
    RevId rev = rev(result);
    notes.written(exchange, database, edit.id(), rev, edit.deleted());
    return rev;
  }

  private static RevId rev(WriteResult result) {
    return switch (result) {
      case WriteResult.Written written -> written.rev();
      case WriteResult.Present present -> present.rev();
      case WriteResult.Conflict conflict -> throw HttpProblem.conflict();
      case WriteResult.MissingStub missing -> throw CouchProblems.of(missing).orElseThrow();
      case WriteResult.Forbidden forbidden -> throw CouchProblems.of(forbidden).orElseThrow();
    };
  }

  private static Answer written(
      Exchange exchange, Database database, DocId id, RevId rev, int status) throws IOException {
    Answer answer = done(status, id, rev);
    return status == 200 ? answer : answer.with("Location", Locations.of(exchange, database, id));
  }

  /** Says what was written. */
  static Answer done(int status, DocId id, RevId rev) throws IOException {
    return JsonAnswer.ofRows(
            status,
            out -> {
              out.raw("{\"ok\":true,\"id\":");
              out.id(id);
              out.raw(",\"rev\":");
              out.rev(rev);
              out.raw("}");
            })
        .with("ETag", Revs.tag(rev));
  }
}
