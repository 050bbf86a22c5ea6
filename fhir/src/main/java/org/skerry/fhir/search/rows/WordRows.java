package org.skerry.fhir.search.rows;

import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.extract.Term;
import org.skerry.index.IndexDefinition;
import org.skerry.index.Indexer.RowSink;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * The rows of the words in a resource's texts. They are an index of their own, so that a database
 * whose users never look for words has none of them.
 */
public final class WordRows {
  /** What the signatures of these indexes begin with. */
  public static final String KIND = ".words";

  /** Changes whenever the same definitions have other rows. */
  private static final String VERSION = "1";

  private final SearchParameters parameters;
  private final Extractors extractors;

  public WordRows(SearchParameters parameters, Extractors extractors) {
    this.parameters = parameters;
    this.extractors = extractors;
  }

  /** The index of all words. */
  public IndexDefinition definition() {
    return new ResourceIndexer(parameters, this::emit).definition(KIND + VERSION, "FHIR words");
  }

  private void emit(StoredDocument document, String type, JsonNode resource, RowSink rows) {
    extractors
        .of(type)
        .words(
            resource,
            (parameter, words) -> {
              for (Term word : words) {
                rows.emit(0, ResourceRows.key(parameter, word.key()), NullNode.instance);
              }
            });
  }
}
