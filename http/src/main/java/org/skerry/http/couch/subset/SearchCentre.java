package org.skerry.http.couch.subset;

import java.io.IOException;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.database.Database;
import org.skerry.document.Excerpt;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.RequestJson;
import org.skerry.http.couch.admin.Administration;
import org.skerry.http.couch.mango.FindDocuments;
import org.skerry.mango.FindRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /{db}/_centre/_find}: a site that may looks for documents in all of the database, as
 * {@code _find} does, with short pages. Who looked for what is in the audit log.
 */
final class SearchCentre implements DatabaseEndpoint {
  /** Whoever looks for a patient reads no more than that. */
  private static final int LONGEST_PAGE = 100;

  /** The selector's beginning says what was looked for. */
  private static final int NOTED = 500;

  private final Asking.Desk desk;
  private final FindDocuments find;
  private final Administration administration;

  SearchCentre(Asking.Desk desk, FindDocuments find, Administration administration) {
    this.desk = desk;
    this.find = find;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    Asking asking = desk.searching(exchange, database);
    ObjectNode json = (ObjectNode) RequestJson.object(exchange);
    JsonNode limit = json.path("limit");
    if (limit.isIntegralNumber() && limit.asLong(Long.MAX_VALUE) > LONGEST_PAGE) {
      json.put("limit", LONGEST_PAGE);
    }
    FindRequest request = FindRequest.parse(json);
    note(exchange, asking, json.path("selector").toString());
    find.answer(exchange, asking.whole(), request);
  }

  private void note(Exchange exchange, Asking asking, String selector) {
    administration
        .audit()
        .record(
            new AuditEvent(
                    AuditAction.CENTRE_SEARCHED,
                    Administration.actor(exchange),
                    asking.whole().name())
                .with("site", asking.site().id())
                .with("selector", Excerpt.beginning(selector, NOTED)));
  }
}
