package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.wire.DocumentJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /db/_bulk_get}: many revisions of many documents, which is how replications read.
 * Rows are read from the store {@value #BATCH} at a time and written at once, so the answer's
 * length does not matter.
 */
final class BulkGet implements DatabaseEndpoint {
  private static final int BATCH = 200;
  private static final JsonMapper MAPPER = new JsonMapper();

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    checkQuery(exchange.query());
    ReadOptions options = ReadOptions.of(exchange.query());
    List<BulkRequest> requests = requests(exchange.readBody());
    if (isMultipart(exchange)) {
      answerMixed(exchange, database, requests, options);
      return;
    }
    JsonStream.send(
        exchange,
        AnswerHead.json(200),
        out -> {
          out.writeStartObject();
          out.writeArrayPropertyStart("results");
          for (int from = 0; from < requests.size(); from += BATCH) {
            List<BulkRequest> batch =
                requests.subList(from, Math.min(from + BATCH, requests.size()));
            database.countReads(batch.size());
            for (BulkRow row : BulkRow.read(database.store(), batch, options)) {
              write(out, database, row, options);
            }
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  /** Here JSON is what everybody gets who takes it. */
  private static boolean isMultipart(Exchange exchange) {
    return !Accepts.type(exchange, "application/json")
        && (Accepts.type(exchange, "multipart/mixed")
            || Accepts.type(exchange, "multipart/related"));
  }

  /** What CouchDB refuses here, because it says nothing of many documents. */
  private static void checkQuery(Query query) {
    for (String name : List.of("open_revs", "new_edits", "w", "rev", "atts_since")) {
      if (query.has(name)) {
        throw HttpProblem.badRequest(
            "bad_request", '"' + name + "\" query parameter is not acceptable");
      }
    }
  }

  private static List<BulkRequest> requests(byte[] body) {
    JsonNode root;
    try {
      root = MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw HttpProblem.badRequest("bad_request", "invalid UTF-8 JSON");
    }
    JsonNode docs = root.path("docs");
    if (docs.isMissingNode()) {
      throw HttpProblem.badRequest("bad_request", "Missing JSON list of 'docs'.");
    }
    if (!docs.isArray()) {
      throw HttpProblem.badRequest("bad_request", "`docs` must be a JSON list.");
    }
    List<BulkRequest> requests = new ArrayList<>(docs.size());
    for (JsonNode doc : docs) {
      requests.add(BulkRequest.of(doc));
    }
    return requests;
  }

  private static void write(
      JsonGenerator out, Database database, BulkRow row, ReadOptions options) {
    out.writeStartObject();
    switch (row) {
      case BulkRow.Refused refused -> {
        refused.writeId(out);
        out.writeArrayPropertyStart("docs");
        writeError(out, refused);
      }
      case BulkRow.Revisions revisions -> {
        out.writeStringProperty("id", revisions.id().text());
        out.writeArrayPropertyStart("docs");
        ReadOptions effective = options.since(revisions.since());
        for (Found found : revisions.found()) {
          out.writeStartObject();
          out.writeName("ok");
          DocumentJson.write(
              out, revisions.id(), found.revision(), OpenRevs.extras(database, found, effective));
          out.writeEndObject();
        }
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeError(JsonGenerator out, BulkRow.Refused refused) {
    out.writeStartObject();
    out.writeName("error");
    refused.write(out);
    out.writeEndObject();
  }

  private static void answerMixed(
      Exchange exchange, Database database, List<BulkRequest> requests, ReadOptions options)
      throws IOException {
    MixedDocuments mixed = MixedDocuments.begin(exchange);
    for (int from = 0; from < requests.size(); from += BATCH) {
      List<BulkRequest> batch = requests.subList(from, Math.min(from + BATCH, requests.size()));
      for (BulkRow row : BulkRow.read(database.store(), batch, options)) {
        switch (row) {
          case BulkRow.Refused refused -> mixed.refused(refused);
          case BulkRow.Revisions revisions -> {
            ReadOptions effective = options.since(revisions.since());
            for (Found found : revisions.found()) {
              mixed.document(revisions.id(), found, effective, database.store().attachments());
            }
          }
        }
      }
    }
    mixed.end();
  }
}
