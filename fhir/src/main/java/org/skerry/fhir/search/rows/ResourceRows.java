package org.skerry.fhir.search.rows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.collation.JsonOrder;
import org.skerry.collation.ValueReader;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.extract.References;
import org.skerry.fhir.search.extract.Term;
import org.skerry.index.IndexDefinition;
import org.skerry.index.Indexer.RowSink;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** The rows of a resource: what its parameters find. */
public final class ResourceRows {
  /** Changes whenever the same definitions have other rows. */
  private static final String VERSION = "2";

  /**
   * What the signatures of search indexes begin with: by the dot they are none of a design
   * document.
   */
  public static final String KIND = ".fhir";

  /** The code system of what a server says about a resource's state. */
  private static final String STATE_SYSTEM = "http://skerry.org/fhir/CodeSystem/state";

  /** The tag of a resource that stands in conflict, which is not in its body: so it is found. */
  private static final List<Term> CONFLICTED =
      List.of(
          Term.of(Term.text("conflicted"), Term.text(STATE_SYSTEM)),
          Term.of(NullNode.instance, Term.text(STATE_SYSTEM)));

  private static final Comparator<Term> BY_KEY = Comparator.comparing(Term::key, JsonOrder.RAW);

  private final SearchParameters parameters;
  private final Extractors extractors;

  public ResourceRows(SearchParameters parameters, Extractors extractors) {
    this.parameters = parameters;
    this.extractors = extractors;
  }

  /** The index of all parameters. */
  public IndexDefinition definition() {
    return new ResourceIndexer(parameters, this::emit).definition(KIND + VERSION, "FHIR search");
  }

  private void emit(StoredDocument document, String type, JsonNode resource, RowSink rows) {
    extractors.of(type).all(resource, (parameter, terms) -> emit(parameter, terms, rows));
    if (document.leaves().stream().filter(leaf -> !leaf.deleted()).count() > 1) {
      SearchParameter tag = parameters.get(type, "_tag");
      CONFLICTED.forEach(term -> rows.emit(0, key(tag, term.key()), term.original()));
    }
  }

  /** What a document says whose rows are in an index; nothing of one that is no resource. */
  public static Optional<JsonNode> resource(StoredDocument document) {
    String id = document.id().text();
    return typeOf(id)
        .flatMap(
            type ->
                Optional.of(ValueReader.read(document.revisions().getFirst().body().json()))
                    .filter(body -> isResource(body, type, id)));
  }

  /** As the server sees it: what it would not show is not found either. */
  private static boolean isResource(JsonNode body, String type, String documentId) {
    JsonNode id = body.path("id");
    JsonNode meta = body.path("meta");
    return body.path("resourceType").asString("").equals(type)
        && (id.isMissingNode()
            || id.isString() && documentId.substring(type.length() + 1).equals(id.stringValue()))
        && (meta.isMissingNode() || meta.isObject());
  }

  private static void emit(SearchParameter parameter, Set<Term> terms, RowSink rows) {
    List<Term> mains = new ArrayList<>(terms.size());
    for (Term term : terms) {
      if (term.isMain()) {
        mains.add(term);
      }
    }
    if (mains.size() > 1) {
      mains.sort(BY_KEY);
    }
    for (Term term : terms) {
      rows.emit(0, key(parameter, term.key()), RowValue.of(mains, term));
    }
  }

  static ArrayNode key(SearchParameter parameter, ArrayNode term) {
    ArrayNode key = JsonNodeFactory.instance.arrayNode(1 + term.size());
    key.add(parameter.number());
    term.values().forEach(key::add);
    return key;
  }

  /** The type of resource that a document's id names; none when it is no resource's id. */
  public static Optional<String> typeOf(String documentId) {
    int slash = documentId.indexOf('/');
    return slash > 0 && References.isId(documentId.substring(slash + 1))
        ? Optional.of(documentId.substring(0, slash))
        : Optional.empty();
  }
}
