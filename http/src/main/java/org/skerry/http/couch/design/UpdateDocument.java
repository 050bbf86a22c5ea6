package org.skerry.http.couch.design;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skerry.database.Database;
import org.skerry.design.DesignFunctions;
import org.skerry.design.Designs;
import org.skerry.design.FunctionJson;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.http.AnswerHead.Header;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.FunctionRequests;
import org.skerry.http.couch.document.DocumentWriting;
import org.skerry.revision.RevId;
import org.skerry.script.DesignScript.Updated;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.wire.FollowingParts;

/**
 * {@code /{db}/_design/{ddoc}/_update/{function}} and the same with a document's id behind it: an
 * update function makes a document of the request, which is written, and the answer.
 */
final class UpdateDocument implements DatabaseEndpoint {
  private final Designs designs;
  private final FunctionRequests requests;
  private final DocumentWriting writing;
  private final Function<Exchange, Optional<String>> named;

  /**
   * An endpoint.
   *
   * @param named the id in a request's path
   */
  UpdateDocument(
      Designs designs,
      FunctionRequests requests,
      DocumentWriting writing,
      Function<Exchange, Optional<String>> named) {
    this.designs = designs;
    this.requests = requests;
    this.writing = writing;
    this.named = named;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    DesignFunctions design = designs.find(database, exchange.variable("ddoc"));
    String function = exchange.variable("function");
    design.requireUpdate(function);
    Optional<String> id = named.apply(exchange).filter(text -> !text.isEmpty());
    byte[] body = exchange.readBody();
    Updated updated =
        design
            .script()
            .update(
                function,
                id.flatMap(text -> document(database, text)),
                requests.of(exchange, database, id, Optional.of(body)));
    List<Header> more = new ArrayList<>();
    if (updated.document().isPresent()) {
      IncomingDocument document =
          DocumentReader.read(
              updated.document().get().toString().getBytes(StandardCharsets.UTF_8),
              writing.limits());
      more.addAll(write(exchange, database, document));
    }
    exchange.answer(FunctionAnswer.of(updated.response(), more.isEmpty() ? 200 : 201, more));
  }

  /** The live winner; nothing for an id that no document may have. */
  private static Optional<byte[]> document(Database database, String text) {
    DocId id;
    try {
      id = DocId.of(text);
    } catch (BadDocumentException e) {
      return Optional.empty();
    }
    List<RevisionRef> winner = new ArrayList<>(1);
    database
        .store()
        .load(
            List.of(id),
            Fields.LEAVES,
            document ->
                document.deleted() || winner.add(new RevisionRef(id, document.winner().rev())));
    List<Found> found = new ArrayList<>(1);
    database.store().read(winner, (ref, there) -> there.ifPresent(found::add));
    return found.stream().findFirst().map(there -> FunctionJson.stored(id, there));
  }

  private List<Header> write(Exchange exchange, Database database, IncomingDocument document)
      throws IOException {
    DocId id = DocId.of(document.id().orElse(""));
    if (id.isLocal()) {
      throw HttpProblem.badRequest(
          "bad_request", "An update function cannot write a _local document.");
    }
    RevId rev =
        writing.written(exchange, database, id, document.rev(), document, FollowingParts.NONE);
    return List.of(
        new Header("X-Couch-Update-NewRev", rev.toString()),
        new Header(
            "X-Couch-Id",
            URLEncoder.encode(id.text(), StandardCharsets.UTF_8).replace("+", "%20")));
  }
}
