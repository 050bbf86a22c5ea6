package org.skerry.http.couch.upkeep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.revision.RevId;
import org.skerry.store.PurgeRequest;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /{db}/_purge}: forgets leaves, {@code {"id": ["rev", …], …}}. What is answered for an
 * id are those that were leaves and are gone.
 */
final class Purge implements DatabaseEndpoint {
  /** CouchDB's max_document_id_number. */
  private static final int MOST_DOCUMENTS = 100;

  /** CouchDB's max_revisions_number. */
  private static final int MOST_REVISIONS = 1_000;

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    List<PurgeRequest> requests = read(RequestJson.object(exchange));
    List<List<RevId>> gone = database.store().purge(requests);
    if (requests.stream().anyMatch(request -> request.id().isDesign())) {
      database.designChanged();
    }
    exchange.answer(
        JsonAnswer.of(
            201,
            out -> {
              out.writeStartObject();
              out.writeNullProperty("purge_seq");
              out.writeObjectPropertyStart("purged");
              for (int i = 0; i < gone.size(); i++) {
                out.writeArrayPropertyStart(requests.get(i).id().text());
                gone.get(i).forEach(rev -> out.writeString(rev.toString()));
                out.writeEndArray();
              }
              out.writeEndObject();
              out.writeEndObject();
            }));
  }

  private static List<PurgeRequest> read(JsonNode object) {
    List<PurgeRequest> requests = new ArrayList<>();
    int revisions = 0;
    for (var member : object.properties()) {
      List<RevId> revs = revs(member.getValue());
      revisions += revs.size();
      requests.add(new PurgeRequest(DocId.of(member.getKey()), revs));
    }
    if (requests.size() > MOST_DOCUMENTS) {
      throw HttpProblem.badRequest("bad_request", "Exceeded maximum number of documents.");
    }
    if (revisions > MOST_REVISIONS) {
      throw HttpProblem.badRequest("bad_request", "Exceeded maximum number of revisions.");
    }
    return requests;
  }

  private static List<RevId> revs(JsonNode list) {
    if (!list.isArray()) {
      throw HttpProblem.badRequest("bad_request", "Invalid list of revisions");
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
