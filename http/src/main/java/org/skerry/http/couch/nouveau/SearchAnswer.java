package org.skerry.http.couch.nouveau;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.search.Hit;
import org.skerry.search.SearchResults;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/**
 * Sends what was found, in CouchDB's form. Hits are written as they are read from the index, with
 * documents in small groups, so that a long answer holds little.
 */
final class SearchAnswer {
  private static final int DOCUMENTS_AT_ONCE = 50;

  private final Database database;
  private final SearchParameters parameters;
  private final SearchResults results;
  private final List<Hit> waiting = new ArrayList<>();

  SearchAnswer(Database database, SearchParameters parameters, SearchResults results) {
    this.database = database;
    this.parameters = parameters;
    this.results = results;
  }

  void send(Exchange exchange) throws IOException {
    OutputStream stream = exchange.stream(AnswerHead.json(200));
    if (!exchange.isHead()) {
      JsonGenerator out = JsonOut.into(stream);
      write(out);
      out.writeRaw('\n');
      out.flush();
    }
    stream.close();
  }

  /** Members in the order of their names, as CouchDB's maps have them. */
  private void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty(
        "bookmark",
        results.last().map(Bookmark::write).or(parameters::bookmark).orElseGet(Bookmark::empty));
    writeCounts(out, "counts", parameters.request().counts().isEmpty(), results.counts());
    out.writeArrayPropertyStart("hits");
    results.forEach(hit -> write(out, hit));
    writeWaiting(out);
    out.writeEndArray();
    writeCounts(out, "ranges", parameters.request().ranges().isEmpty(), results.ranges());
    out.writeNumberProperty("total_hits", results.total());
    out.writeStringProperty(
        "total_hits_relation", results.exact() ? "EQUAL_TO" : "GREATER_THAN_OR_EQUAL_TO");
    out.writeNumberProperty("update_latency", results.updateMillis());
    out.writeEndObject();
  }

  private static void writeCounts(
      JsonGenerator out, String name, boolean unwanted, Map<String, Map<String, Long>> counts) {
    if (unwanted) {
      out.writeNullProperty(name);
      return;
    }
    out.writeObjectPropertyStart(name);
    counts.forEach(
        (field, values) -> {
          out.writeObjectPropertyStart(field);
          values.forEach(out::writeNumberProperty);
          out.writeEndObject();
        });
    out.writeEndObject();
  }

  private void write(JsonGenerator out, Hit hit) {
    if (!parameters.includeDocs()) {
      writeOpen(out, hit);
      out.writeEndObject();
      return;
    }
    waiting.add(hit);
    if (waiting.size() == DOCUMENTS_AT_ONCE) {
      writeWaiting(out);
    }
  }

  private void writeWaiting(JsonGenerator out) {
    if (waiting.isEmpty()) {
      return;
    }
    Map<String, StoredDocument> documents = new HashMap<>();
    database
        .store()
        .load(
            waiting.stream().map(hit -> DocId.of(hit.id())).toList(),
            Fields.WINNER,
            document -> {
              documents.put(document.id().text(), document);
              return true;
            });
    for (Hit hit : waiting) {
      writeOpen(out, hit);
      out.writeName("doc");
      StoredDocument document = documents.get(hit.id());
      if (document == null || document.deleted()) {
        // It went after the index last looked.
        out.writeNull();
      } else {
        DocumentJson.write(
            out, document.id(), document.revisions().getFirst(), DocumentExtras.NONE);
      }
      out.writeEndObject();
    }
    waiting.clear();
  }

  private static void writeOpen(JsonGenerator out, Hit hit) {
    out.writeStartObject();
    out.writeObjectPropertyStart("fields");
    Map<String, List<Hit.Stored>> byName = new LinkedHashMap<>();
    for (Hit.Stored field : hit.fields()) {
      byName.computeIfAbsent(field.name(), name -> new ArrayList<>(1)).add(field);
    }
    byName.forEach((name, values) -> writeField(out, name, values));
    out.writeEndObject();
    out.writeStringProperty("id", hit.id());
    out.writeName("order");
    Bookmark.writeOrder(out, hit.order());
  }

  private static void writeField(JsonGenerator out, String name, List<Hit.Stored> values) {
    out.writeName(name);
    if (values.size() > 1) {
      out.writeStartArray();
    }
    for (Hit.Stored value : values) {
      switch (value) {
        case Hit.StoredText text -> out.writeString(text.value());
        case Hit.StoredNumber number -> out.writeNumber(number.value());
      }
    }
    if (values.size() > 1) {
      out.writeEndArray();
    }
  }
}
