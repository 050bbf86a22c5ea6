package org.skerry.http.couch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.changes.ChangeFilter;
import org.skerry.changes.MatchingSelector;
import org.skerry.database.Database;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import org.skerry.selector.Selector;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/** Which changes a client wants: {@code filter}, with what it needs from the query or the body. */
final class ChangesFilters {
  private ChangesFilters() {}

  static ChangeFilter of(Query query, Optional<JsonNode> body, Database database) {
    String name = query.text("filter").orElse("");
    return switch (name) {
      case "" -> ChangeFilter.EVERYTHING;
      case "_design" -> ChangeFilter.DESIGN;
      case "_doc_ids" -> new ChangeFilter.DocIds(docIds(query, body));
      case "_selector" -> new MatchingSelector(selector(body));
      case "_view" -> throw noFunction(query.text("view").orElse(""), "view", "views", database);
      default -> throw noFunction(name, "filter", "filters", database);
    };
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

  /**
   * Functions of design documents are not evaluated here; who names one is told what is missing.
   */
  private static HttpProblem noFunction(
      String name, String parameter, String member, Database database) {
    int slash = name.indexOf('/');
    if (slash < 1 || slash == name.length() - 1) {
      return bad("`" + parameter + "` must be of the form `designname/" + parameter + "name`");
    }
    List<StoredDocument> found = new ArrayList<>(1);
    database
        .store()
        .load(List.of(DocId.of("_design/" + name.substring(0, slash))), Fields.LEAVES, found::add);
    if (found.isEmpty()) {
      return HttpProblem.notFound("missing");
    }
    if (found.getFirst().deleted()) {
      return HttpProblem.notFound("deleted");
    }
    return HttpProblem.notFound(
        "this node evaluates the filters _doc_ids, _selector and _design, and no function in "
            + member
            + " of a design document");
  }

  private static HttpProblem bad(String reason) {
    return HttpProblem.badRequest("bad_request", reason);
  }
}
