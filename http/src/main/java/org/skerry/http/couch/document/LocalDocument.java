package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.Optional;
import org.skerry.changes.SinceTokens;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.http.Answer;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.CouchSettings;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.store.LocalDocuments;
import org.skerry.wire.LocalJson;

/**
 * {@code GET}, {@code PUT} and {@code DELETE} of {@code /db/_local/id}, whose revisions are {@code
 * 0-version}.
 */
final class LocalDocument implements DatabaseEndpoint {
  private final DocumentPath path;
  private final CouchSettings settings;

  LocalDocument(DocumentPath path, CouchSettings settings) {
    this.path = path;
    this.settings = settings;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    DocId id = path.id(exchange);
    LocalDocuments documents = database.store().local();
    exchange.answer(
        switch (exchange.method()) {
          case GET -> get(database, id);
          case PUT -> put(exchange, documents, id);
          case DELETE -> delete(exchange, documents, id);
          case POST, COPY, PATCH ->
              throw new HttpProblem(405, "method_not_allowed", "Only GET,HEAD,PUT,DELETE allowed");
        });
  }

  /**
   * One who replicates reads its checkpoint here, and learns with it whether there is anything new.
   * A site does not: its feed may grow without a change.
   */
  private static Answer get(Database database, DocId id) {
    LocalDocuments.LocalDocument found =
        database.store().local().get(id).orElseThrow(() -> HttpProblem.notFound("missing"));
    Answer answer =
        JsonAnswer.of(200, out -> LocalJson.write(out, found))
            .with("ETag", "\"" + LocalJson.rev(found.version()) + "\"");
    return database.subset().isPresent()
        ? answer
        : answer.with(
            SinceTokens.HEADER, database.changes().tokens().format(database.store().now()));
  }

  private Answer put(Exchange exchange, LocalDocuments documents, DocId id) throws IOException {
    IncomingDocument document = DocumentReader.read(exchange.readBody(), settings.documents());
    if (document.attachments().isPresent()) {
      throw HttpProblem.badRequest("bad_request", "_local documents do not accept attachments.");
    }
    Optional<Long> inBody = document.revText().map(LocalJson::version);
    long seen = inBody.or(() -> version(exchange)).orElse(0L);
    if (document.deleted()) {
      return removed(documents, id, seen);
    }
    long version = documents.put(id, seen, document.body()).orElseThrow(HttpProblem::conflict);
    return written(201, id, version);
  }

  private static Answer delete(Exchange exchange, LocalDocuments documents, DocId id) {
    Optional<Long> seen = version(exchange);
    if (documents.get(id).isEmpty()) {
      throw HttpProblem.notFound("missing");
    }
    return removed(documents, id, seen.orElseThrow(HttpProblem::conflict));
  }

  private static Answer removed(LocalDocuments documents, DocId id, long seen) {
    if (!documents.remove(id, seen)) {
      throw HttpProblem.conflict();
    }
    return written(200, id, 0);
  }

  private static Optional<Long> version(Exchange exchange) {
    return exchange
        .query()
        .text("rev")
        .or(() -> exchange.header("If-Match").map(tag -> tag.replace("\"", "")))
        .map(LocalJson::version);
  }

  private static Answer written(int status, DocId id, long version) {
    return JsonAnswer.of(
        status,
        out -> {
          out.writeStartObject();
          out.writeBooleanProperty("ok", true);
          out.writeStringProperty("id", id.text());
          out.writeStringProperty("rev", LocalJson.rev(version));
          out.writeEndObject();
        });
  }
}
