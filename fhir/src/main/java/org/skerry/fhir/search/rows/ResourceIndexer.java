package org.skerry.fhir.search.rows;

import java.util.List;
import java.util.Optional;
import org.skerry.collation.JsonOrder;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.index.IndexDefinition;
import org.skerry.index.Indexer;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/** Makes rows of documents that are resources; others have none. */
record ResourceIndexer(SearchParameters parameters, Rows rows) implements Indexer, Indexer.Mapping {
  /** What rows a resource has. */
  @FunctionalInterface
  interface Rows {
    void emit(StoredDocument document, String type, JsonNode resource, RowSink sink);
  }

  /** An index of such rows, in one view. */
  IndexDefinition definition(String signature, String name) {
    return new IndexDefinition(
        signature + parameters.signature(),
        name,
        List.of(new IndexDefinition.View(JsonOrder.RAW, List.of())),
        false,
        this);
  }

  @Override
  public Mapping open() {
    return this;
  }

  @Override
  public void map(StoredDocument document, RowSink sink) {
    Optional<String> type = ResourceRows.typeOf(document.id().text()).filter(parameters::isType);
    Optional<JsonNode> resource = type.flatMap(one -> ResourceRows.resource(document));
    if (type.isPresent() && resource.isPresent()) {
      rows.emit(document, type.get(), resource.get(), sink);
    }
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
