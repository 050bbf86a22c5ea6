package org.skerry.http.couch.subset;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;

/**
 * {@code DELETE /{db}/_subset/held/{docid}}: an administrator forgets what is held of a document
 * for a site. A device that has it does not bring it again.
 */
final class DiscardHeld implements DatabaseEndpoint {
  private final Asking.Desk desk;

  DiscardHeld(Asking.Desk desk) {
    this.desk = desk;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    Asking asking = desk.of(exchange, database);
    DocId id = DocId.of(exchange.variable("doc"));
    if (!desk.subsets().held().discard(asking.seen(), id)) {
      throw HttpProblem.notFound("missing");
    }
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeBooleanProperty("ok", true);
              out.writeStringProperty("id", id.text());
              out.writeEndObject();
            }));
  }
}
