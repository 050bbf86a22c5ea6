package org.skerry.http.couch.subset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.admin.Administration;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.subset.SubsetKeeper;

/**
 * {@code PUT /{db}/_centre/{docid}}: a site fetches a document, and with it all that goes where it
 * goes; it stays in the site's part until {@code DELETE} releases it. The document comes with the
 * answer's feed, what refers to it follows behind. To give back is allowed to every site, also to
 * one that may fetch no more; what it has not fetched is to it as what is not there.
 */
final class GrantDocument implements DatabaseEndpoint {
  private final Asking.Desk desk;
  private final SubsetKeeper keeper;
  private final Administration administration;

  GrantDocument(Asking.Desk desk, SubsetKeeper keeper, Administration administration) {
    this.desk = desk;
    this.keeper = keeper;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    boolean fetch = exchange.method() == Method.PUT;
    Asking asking = fetch ? desk.searching(exchange, database) : desk.of(exchange, database);
    DocId id = DocId.of(exchange.variable("doc"));
    if (id.isLocal() || id.isDesign()) {
      throw HttpProblem.badRequest("illegal_docid", "Only documents can be fetched and released.");
    }
    if (fetch) {
      check(asking.whole(), id);
    }
    int feed = asking.seen().subset().map(SubsetDocuments::feed).orElseThrow();
    if (!asking.whole().store().subsets().grant(feed, id, fetch)) {
      throw HttpProblem.notFound("missing");
    }
    keeper.granted(asking.whole());
    administration
        .audit()
        .record(
            new AuditEvent(
                    fetch ? AuditAction.DOCUMENT_FETCHED : AuditAction.DOCUMENT_RELEASED,
                    Administration.actor(exchange),
                    asking.whole().name() + "/" + id.text())
                .with("site", asking.site().id()));
    exchange.answer(
        JsonAnswer.of(
            fetch ? 201 : 200,
            out -> {
              out.writeStartObject();
              out.writeBooleanProperty("ok", true);
              out.writeStringProperty("id", id.text());
              out.writeStringProperty("site", asking.site().id());
              out.writeEndObject();
            }));
  }

  /** What is not there, or no more, is nothing to fetch. */
  private static void check(Database whole, DocId id) {
    List<StoredDocument> found = new ArrayList<>(1);
    whole.store().load(List.of(id), Fields.LEAVES, found::add);
    if (found.isEmpty() || found.getFirst().deleted()) {
      throw HttpProblem.notFound(found.isEmpty() ? "missing" : "deleted");
    }
  }
}
