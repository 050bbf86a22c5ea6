package org.skerry.http.couch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.DocId;
import org.skerry.document.IncomingDocument;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.admin.DocumentNotes;
import org.skerry.revision.RevId;
import org.skerry.wire.DocumentIntake;
import org.skerry.wire.FollowingParts;

/**
 * {@code POST /{db}/_bulk_docs}: edits, or with {@code new_edits=false} revisions that have their
 * names. Input that is no document, or a stub of an attachment that nobody has, refuses the whole
 * request before anything is written; a conflict or a right that is missing concerns its own row.
 * Of revisions that have their names only those are reported that were not written.
 */
final class BulkDocs implements DatabaseEndpoint {
  private final CouchContext context;

  BulkDocs(CouchContext context) {
    this.context = context;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    BulkRequest request = BulkRequest.read(exchange.readBody(), context.settings().documents());
    List<DocId> ids = ids(request.documents());
    if (request.allOrNothing() && request.newEdits()) {
      answer(exchange, 417, refused(request.documents(), ids));
      return;
    }
    boolean admin = AccessControl.isDatabaseAdmin(exchange.user(), database);
    AttachmentIntake attachments =
        new AttachmentIntake(
            database.store().attachments(), context.settings().maxAttachmentBytes());
    try (DocumentIntake intake = new DocumentIntake(attachments)) {
      Batch batch = new Batch(database, intake, admin, AccessControl.author(exchange));
      for (int i = 0; i < ids.size(); i++) {
        batch.add(ids.get(i), request.documents().get(i), request.newEdits());
      }
      List<BulkRow> rows = batch.write();
      note(exchange, database, request, rows);
      answer(
          exchange,
          201,
          request.newEdits()
              ? rows
              : rows.stream().filter(row -> row.problem().isPresent()).toList());
    }
  }

  private void note(Exchange exchange, Database database, BulkRequest request, List<BulkRow> rows) {
    DocumentNotes notes = new DocumentNotes(context.administration());
    for (int i = 0; i < rows.size(); i++) {
      BulkRow row = rows.get(i);
      if (DocumentNotes.concerns(database, row.id())
          && row.problem().isEmpty()
          && row.rev().isPresent()
          && !row.id().isLocal()) {
        boolean deleted = request.documents().get(i).deleted();
        notes.written(exchange, database, row.id(), RevId.parse(row.rev().get()), deleted);
      }
    }
  }

  /** Checked before anything is written; documents without an id get one. */
  private List<DocId> ids(List<IncomingDocument> documents) {
    List<DocId> ids = new ArrayList<>(documents.size());
    for (IncomingDocument document : documents) {
      ids.add(DocId.of(document.id().orElseGet(context.uuids()::next)));
    }
    return ids;
  }

  private static List<BulkRow> refused(List<IncomingDocument> documents, List<DocId> ids) {
    HttpProblem problem =
        new HttpProblem(501, "not_implemented", "all_or_nothing is not supported");
    List<BulkRow> rows = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      String rev = documents.get(i).rev().map(RevId::toString).orElse("0-");
      rows.add(new BulkRow(ids.get(i), Optional.of(rev), Optional.of(problem)));
    }
    return rows;
  }

  private static void answer(Exchange exchange, int status, List<BulkRow> rows) throws IOException {
    exchange.answer(
        JsonAnswer.ofRows(
            status,
            out -> {
              out.write('[');
              String separator = "";
              for (BulkRow row : rows) {
                out.raw(separator);
                separator = ",";
                row.write(out);
              }
              out.write(']');
            }));
  }

  /** The documents of one request on their way to the database; rows keep their places. */
  private static final class Batch {
    private final Database database;
    private final DocumentIntake intake;
    private final boolean admin;
    private final Author author;
    private final List<BulkRow> rows = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final List<NewRevision> edits = new ArrayList<>();
    private final List<ForeignRevision> revisions = new ArrayList<>();
    private final List<Local> locals = new ArrayList<>();

    /** A local document and its place. */
    private record Local(int place, IncomingDocument document) {}

    Batch(Database database, DocumentIntake intake, boolean admin, Author author) {
      this.database = database;
      this.intake = intake;
      this.admin = admin;
      this.author = author;
    }

    void add(DocId id, IncomingDocument document, boolean newEdits) throws IOException {
      int place = rows.size();
      Optional<String> rev = document.revText();
      rows.add(new BulkRow(id, newEdits ? Optional.empty() : rev, Optional.empty()));
      if (id.isDesign() && !admin) {
        refuse(place, HttpProblem.forbidden("You are not a db or server admin."));
      } else if (id.isLocal()) {
        locals.add(new Local(place, document));
      } else if (newEdits) {
        Optional<RevId> parent =
            document.rev().or(() -> document.revisions().map(path -> path.newest()));
        edits.add(intake.edit(id, parent, document, FollowingParts.NONE));
        places.add(place);
      } else {
        revisions.add(intake.foreign(id, document, FollowingParts.NONE));
        places.add(place);
      }
    }

    private void refuse(int place, HttpProblem problem) {
      BulkRow row = rows.get(place);
      rows.set(place, new BulkRow(row.id(), row.rev(), Optional.of(problem)));
    }

    /**
     * @throws HttpProblem 412 for a stub of what is not here, as CouchDB refuses the whole request
     */
    List<BulkRow> write() {
      database
          .missingStub(edits)
          .or(() -> database.missingForeignStub(revisions))
          .flatMap(CouchProblems::of)
          .ifPresent(
              problem -> {
                throw problem;
              });
      for (Local local : locals) {
        DocId id = rows.get(local.place).id();
        rows.set(local.place, LocalWrites.write(database, id, local.document));
      }
      List<WriteResult> results =
          edits.isEmpty() ? database.merge(revisions, author) : database.update(edits, author);
      for (int i = 0; i < results.size(); i++) {
        note(places.get(i), results.get(i));
      }
      return rows;
    }

    private void note(int place, WriteResult result) {
      BulkRow row = rows.get(place);
      Optional<String> rev =
          switch (result) {
            case WriteResult.Written(var written, var seq) -> Optional.of(written.toString());
            case WriteResult.Present(var present) -> Optional.of(present.toString());
            case WriteResult.Conflict conflict -> row.rev();
            case WriteResult.MissingStub missing -> row.rev();
            case WriteResult.Forbidden forbidden -> row.rev();
          };
      rows.set(place, new BulkRow(row.id(), rev, CouchProblems.of(result)));
    }
  }
}
