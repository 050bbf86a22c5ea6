package org.skerry.http.couch;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.skerry.changes.ChangeFilter;
import org.skerry.changes.MatchingSelector;
import org.skerry.database.Database;
import org.skerry.design.FunctionFilters;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import org.skerry.mango.Projection;
import org.skerry.selector.Selector;
import tools.jackson.databind.JsonNode;

/** Which changes a client wants: {@code filter}, with what it needs from the query or the body. */
final class ChangesFilters {
  /** A feed that waits holds them, perhaps for days. */
  private static final int MAX_DOC_IDS = 100_000;

  private final FunctionFilters functions;
  private final FunctionRequests requests;

  ChangesFilters(FunctionFilters functions, FunctionRequests requests) {
    this.functions = functions;
    this.requests = requests;
  }

  ChangeFilter of(Exchange exchange, Optional<JsonNode> body, Database database) {
    Query query = exchange.query();
    String name = query.text("filter").orElse("");
    return switch (name) {
      case "" -> ChangeFilter.EVERYTHING;
      case "_design" -> ChangeFilter.DESIGN;
      case "_doc_ids" -> new ChangeFilter.DocIds(docIds(query, body));
      case "_selector" -> new MatchingSelector(selector(body));
      case "_view" -> view(query.text("view").orElse(""), database);
      default -> function(name, exchange, body, database);
    };
  }

  private ChangeFilter view(String name, Database database) {
    try {
      return functions.view(database, name);
    } catch (IllegalArgumentException e) {
      throw bad("`view` must be of the form `designname/viewname`");
    }
  }

  private ChangeFilter function(
      String name, Exchange exchange, Optional<JsonNode> body, Database database) {
    JsonNode request =
        requests.of(
            exchange,
            database,
            Optional.empty(),
            body.map(json -> json.toString().getBytes(StandardCharsets.UTF_8)));
    try {
      return functions.function(database, name, request);
    } catch (IllegalArgumentException e) {
      throw bad("`filter` must be of the form `designname/filtername`");
    }
  }

  private static Set<DocId> docIds(Query query, Optional<JsonNode> body) {
    JsonNode list =
        body.map(object -> object.path("doc_ids"))
            .filter(node -> !node.isMissingNode())
            .or(() -> query.text("doc_ids").map(text -> RequestJson.parameter("doc_ids", text)))
            .orElseThrow(() -> bad("`doc_ids` filter parameter is missing."));
    if (!list.isArray()) {
      throw bad("`doc_ids` filter parameter is not a list.");
    }
    if (list.size() > MAX_DOC_IDS) {
      throw HttpProblem.tooLarge("`doc_ids` has more than " + MAX_DOC_IDS + " ids");
    }
    Set<DocId> ids = new HashSet<>();
    for (JsonNode id : list.values()) {
      if (!id.isString()) {
        throw bad("`doc_ids` filter parameter is not a list of doc ids.");
      }
      possible(id.asString()).ifPresent(ids::add);
    }
    return ids;
  }

  /** An id that no document may have is one that never changes. */
  private static Optional<DocId> possible(String id) {
    try {
      return Optional.of(DocId.of(id));
    } catch (BadDocumentException e) {
      return Optional.empty();
    }
  }

  private static Selector selector(Optional<JsonNode> body) {
    JsonNode selector =
        body.map(object -> object.path("selector"))
            .filter(node -> !node.isMissingNode())
            .orElseThrow(() -> bad("Selector must be specified in POST payload"));
    if (!selector.isObject()) {
      throw bad("Selector error: expected a JSON object");
    }
    return Selector.parse(selector);
  }

  /** Which members of documents a client wants to see that chose them by a selector. */
  static Optional<Projection> fields(Exchange exchange, Optional<JsonNode> body) {
    return exchange
        .query()
        .text("filter")
        .filter("_selector"::equals)
        .flatMap(selector -> body)
        .map(object -> object.path("fields"))
        .filter(fields -> !fields.isMissingNode() && !fields.isNull())
        .map(ChangesFilters::projection);
  }

  private static Projection projection(JsonNode fields) {
    if (!fields.isArray() || !fields.values().stream().allMatch(JsonNode::isString)) {
      throw bad("Selector error: fields must be JSON array");
    }
    return new Projection(fields.values().stream().map(JsonNode::asString).toList());
  }

  private static HttpProblem bad(String reason) {
    return HttpProblem.badRequest("bad_request", reason);
  }
}
