package org.skerry.server.demo;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the documents of the FHIR bundles to a site, in batches. */
final class Loader {
  /** Some hundred kilobytes to a few megabytes a request. */
  private static final int BATCH = 250;

  private final CouchClient client;
  private final String database;
  private final List<FhirDocument> batch = new ArrayList<>();
  private final List<String> patients = new ArrayList<>();
  private int documents;
  private int attachments;

  Loader(CouchClient client, String database) {
    this.client = client;
    this.database = database;
  }

  /** What is there now. */
  record Loaded(int documents, int attachments, List<String> patients) {}

  Loaded load(Bundles bundles) {
    bundles.read(this::add);
    write();
    return new Loaded(documents, attachments, List.copyOf(patients));
  }

  private void add(FhirDocument document) {
    batch.add(document);
    if (document.id().startsWith("Patient/")) {
      patients.add(document.id());
    }
    if (batch.size() == BATCH) {
      write();
    }
  }

  private void write() {
    ObjectNode request = Json.object();
    ArrayNode docs = request.putArray("docs");
    batch.forEach(document -> docs.add(document.json()));
    for (JsonNode row : client.post("/" + database + "/_bulk_docs", request)) {
      if (!row.path("ok").asBoolean(false)) {
        throw new DemoException("the centre did not take a resource: " + row);
      }
    }
    documents += batch.size();
    batch.forEach(document -> attachments += document.attachments());
    batch.clear();
  }
}
