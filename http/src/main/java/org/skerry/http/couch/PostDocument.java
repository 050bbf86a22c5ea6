package org.skerry.http.couch;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.database.Database;
import org.skerry.database.WriteResult;
import org.skerry.document.DocId;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.http.Answer;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.admin.DocumentNotes;
import org.skerry.revision.RevId;
import org.skerry.wire.DocumentIntake;
import org.skerry.wire.FollowingParts;

/**
 * {@code POST /{db}}: writes a document, and names it when its author did not. With {@code
 * batch=ok} the answer is 202 as CouchDB's; the document is durable all the same.
 */
final class PostDocument implements DatabaseEndpoint {
  private final CouchContext context;

  PostDocument(CouchContext context) {
    this.context = context;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    IncomingDocument document =
        DocumentReader.read(exchange.readBody(), context.settings().documents());
    DocId id = DocId.of(document.id().orElseGet(context.uuids()::next));
    if (id.isDesign()) {
      AccessControl.checkDatabaseAdmin(exchange.user(), database);
    }
    BulkRow row =
        id.isLocal()
            ? LocalWrites.write(database, id, document)
            : write(exchange, database, id, document);
    if (row.problem().isPresent()) {
      throw row.problem().get();
    }
    if (row.rev().isPresent() && !id.isLocal()) {
      new DocumentNotes(context.administration())
          .written(exchange, database, id, RevId.parse(row.rev().get()), document.deleted());
    }
    boolean batch = exchange.query().text("batch").filter("ok"::equals).isPresent();
    exchange.answer(batch ? accepted(row) : created(exchange, database, row));
  }

  private BulkRow write(Exchange exchange, Database database, DocId id, IncomingDocument document)
      throws IOException {
    AttachmentIntake attachments =
        new AttachmentIntake(
            database.store().attachments(), context.settings().maxAttachmentBytes());
    try (DocumentIntake intake = new DocumentIntake(attachments)) {
      WriteResult result =
          database.update(
              intake.edit(id, document.rev(), document, FollowingParts.NONE),
              AccessControl.author(exchange));
      Optional<String> rev =
          result instanceof WriteResult.Written(var written, var seq)
              ? Optional.of(written.toString())
              : Optional.empty();
      Optional<HttpProblem> problem = CouchProblems.of(result);
      return new BulkRow(id, rev, problem);
    }
  }

  private static Answer accepted(BulkRow row) throws IOException {
    return JsonAnswer.ofRows(202, new BulkRow(row.id(), Optional.empty(), Optional.empty())::write);
  }

  private static Answer created(Exchange exchange, Database database, BulkRow row)
      throws IOException {
    String location =
        exchange.baseUrl() + "/" + encoded(database.name()) + "/" + encoded(row.id().text());
    return JsonAnswer.ofRows(201, row::write).with("Location", location);
  }

  /** In a path a space is {@code %20}. */
  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
