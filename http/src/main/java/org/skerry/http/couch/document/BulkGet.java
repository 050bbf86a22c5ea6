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
import org.skerry.http.couch.LargeReads;
import org.skerry.json.JsonIn;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /db/_bulk_get}: many revisions of many documents, which is how replications read.
 * They are read from the store in {@link Portion}s, each in a turn of its reader's when there are
 * many, and sent before the next is read, so the answer's length does not matter.
 */
final class BulkGet implements DatabaseEndpoint {
  private static final JsonMapper MAPPER = JsonIn.builder(JsonIn.limited()).build();

  private final LargeReads turns;

  BulkGet(LargeReads turns) {
    this.turns = turns;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    checkQuery(exchange.query());
    ReadOptions options = ReadOptions.of(exchange.query());
    List<BulkRequest> requests = requests(exchange.readBody());
    BulkReading reading =
        new BulkReading(turns, LargeReads.party(exchange, database), database, requests, options);
    if (isMultipart(exchange)) {
      answerMixed(exchange, database, reading, options);
    } else {
      answerJson(exchange, database, reading, options);
    }
  }

  private static void answerJson(
      Exchange exchange, Database database, BulkReading reading, ReadOptions options)
      throws IOException {
    HeldStream stream = new HeldStream(exchange.stream(AnswerHead.json(200)));
    JsonGenerator out = JsonOut.into(stream);
    out.writeStartObject();
    out.writeArrayPropertyStart("results");
    while (reading.hasMore()) {
      // With attachments' bytes a part may be of any size; then it is sent as it is written.
      if (options.attachments()) {
        for (BulkRow row : reading.read(rows -> rows)) {
          write(out, database, row, options);
        }
      } else {
        stream.hold();
        reading.read(
            rows -> {
              rows.forEach(row -> write(out, database, row, options));
              out.flush();
              return stream.size();
            });
        stream.send();
      }
    }
    out.writeEndArray();
    out.writeEndObject();
    out.writeRaw('\n');
    out.close();
    stream.close();
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
      throw HttpProblem.brokenJson(e);
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
      Exchange exchange, Database database, BulkReading reading, ReadOptions options)
      throws IOException {
    MixedDocuments mixed = MixedDocuments.begin(exchange);
    while (reading.hasMore()) {
      for (BulkRow row : reading.read(rows -> rows)) {
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
