package org.skerry.http.couch.subset;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.List;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.admin.Administration;
import org.skerry.subset.HeldRevision;

/**
 * {@code DELETE /{db}/_subset/held/{docid}}: an administrator forgets what is held of a document
 * for a site. A device that has it does not bring it again.
 */
final class DiscardHeld implements DatabaseEndpoint {
  private final Asking.Desk desk;

  private final Administration administration;

  DiscardHeld(Asking.Desk desk, Administration administration) {
    this.desk = desk;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    Asking asking = desk.of(exchange, database);
    DocId id = DocId.of(exchange.variable("doc"));
    List<HeldRevision> gone = desk.subsets().held().discard(asking.seen(), id);
    if (gone.isEmpty()) {
      throw HttpProblem.notFound("missing");
    }
    administration
        .audit()
        .record(
            new AuditEvent(
                    AuditAction.HELD_DISCARDED,
                    Administration.actor(exchange),
                    asking.whole().name() + "/" + id.text())
                .with("site", asking.site().id())
                .with(
                    "revs", gone.stream().map(one -> one.rev().toString()).collect(joining(" "))));
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
