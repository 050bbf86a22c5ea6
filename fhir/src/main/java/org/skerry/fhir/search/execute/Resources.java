package org.skerry.fhir.search.execute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.collation.ValueReader;
import org.skerry.document.DocId;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.WordRun;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/** The documents themselves, as they are now; those that were looked at last are remembered. */
final class Resources {
  private static final int REMEMBERED = 256;

  private final DocumentStore store;
  private final Extractors extractors;

  private final Map<DocId, Optional<JsonNode>> known =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DocId, Optional<JsonNode>> eldest) {
          return size() > REMEMBERED;
        }
      };

  Resources(DocumentStore store, Extractors extractors) {
    this.store = store;
    this.extractors = extractors;
  }

  /** Those of the documents that are there and not deleted, in the order asked for. */
  List<StoredDocument> load(List<DocId> ids) {
    Map<DocId, StoredDocument> found = new HashMap<>();
    store.load(
        ids,
        Fields.WINNER,
        document -> {
          if (!document.deleted()) {
            found.put(document.id(), document);
          }
          return true;
        });
    List<StoredDocument> inOrder = new ArrayList<>();
    for (DocId id : ids) {
      StoredDocument document = found.get(id);
      if (document != null) {
        inOrder.add(document);
      }
    }
    return inOrder;
  }

  /** What a document's winner says. */
  static JsonNode body(StoredDocument document) {
    return ValueReader.read(document.revisions().getFirst().body().json());
  }

  /** What a parameter of its type finds in a document; nothing when that is not there any more. */
  Set<Term> terms(DocId id, SearchParameter parameter) {
    return resource(id).map(one -> terms(one, parameter)).orElse(Set.of());
  }

  /** Whether words follow each other in a text of a document that a parameter of its type means. */
  boolean says(DocId id, SearchParameter parameter, WordRun run) {
    return resource(id)
        .filter(one -> extractors.of(parameter.resourceType()).says(parameter, one, run))
        .isPresent();
  }

  private Optional<JsonNode> resource(DocId id) {
    Optional<JsonNode> resource = known.get(id);
    if (resource == null) {
      resource = load(List.of(id)).stream().findFirst().map(Resources::body);
      known.put(id, resource);
    }
    return resource;
  }

  /** What a parameter of its type finds in a resource. */
  Set<Term> terms(JsonNode resource, SearchParameter parameter) {
    return extractors.of(parameter.resourceType()).terms(parameter, resource);
  }
}
