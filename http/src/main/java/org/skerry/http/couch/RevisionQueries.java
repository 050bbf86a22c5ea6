package org.skerry.http.couch;

import java.util.ArrayList;
import java.util.List;
import org.skerry.document.DocId;
import org.skerry.http.HttpProblem;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code {"id": ["rev", …], …}}, what {@code _revs_diff} and {@code _missing_revs} are asked.
 */
final class RevisionQueries {
  private RevisionQueries() {}

  static List<RevisionQuery> read(JsonNode object) {
    List<RevisionQuery> queries = new ArrayList<>(object.size());
    object
        .properties()
        .forEach(
            member ->
                queries.add(
                    new RevisionQuery(
                        DocId.of(member.getKey()), revs(member.getKey(), member.getValue()))));
    return queries;
  }

  private static List<RevId> revs(String id, JsonNode list) {
    if (!list.isArray()) {
      throw HttpProblem.badRequest(
          "bad_request", "revisions of `" + id + "` must be a JSON array of strings");
    }
    List<RevId> revs = new ArrayList<>(list.size());
    for (JsonNode rev : list.values()) {
      if (!rev.isString()) {
        throw HttpProblem.badRequest("bad_request", "Invalid rev format");
      }
      revs.add(RevId.parse(rev.asString()));
    }
    return revs;
  }
}
