package org.skerry.fhir.search.terminology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.collation.ValueReader;
import org.skerry.document.DocId;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.Texts;
import org.skerry.fhir.search.query.BadSearchException;
import org.skerry.fhir.search.query.BadSearchException.Kind;
import org.skerry.fhir.search.query.CodeSet;
import org.skerry.fhir.search.query.Codes;
import org.skerry.fhir.search.query.Terminology;
import org.skerry.fhir.search.rows.RowReading;
import org.skerry.fhir.search.rows.Span;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import tools.jackson.databind.JsonNode;

/** What the ValueSets and CodeSystems of one database say, read for one search. One thread. */
public final class StoredTerminology implements Terminology {
  private static final String VALUE_SET = "ValueSet";
  private static final int MAX_DEPTH = 10;

  /** Of a URL that more resources have than this, nobody can say which is meant. */
  private static final int MOST_VERSIONS = 100;

  private final RowReading rows;
  private final DocumentStore store;
  private final SearchParameters parameters;
  private final Map<String, Concepts> systems = new HashMap<>();
  private final Map<String, CodeSet> sets = new HashMap<>();

  public StoredTerminology(RowReading rows, DocumentStore store, SearchParameters parameters) {
    this.rows = rows;
    this.store = store;
    this.parameters = parameters;
  }

  @Override
  public CodeSet valueSet(String canonical) {
    return valueSet(canonical, 0);
  }

  @Override
  public Codes below(String system, String code) {
    return new Codes.Only(concepts(system).below(code));
  }

  @Override
  public Codes above(String system, String code) {
    return new Codes.Only(concepts(system).above(code));
  }

  private CodeSet valueSet(String canonical, int depth) {
    if (depth > MAX_DEPTH) {
      throw new BadSearchException(
          Kind.TOO_COSTLY, "ValueSets within each other, more than " + MAX_DEPTH + " deep");
    }
    CodeSet known = sets.get(canonical);
    if (known == null) {
      JsonNode found = find(VALUE_SET, canonical).orElseThrow(() -> unknown(VALUE_SET, canonical));
      known = read(found, canonical, depth);
      sets.put(canonical, known);
    }
    return known;
  }

  /** By its definition; by its expansion where it has nothing else. */
  private CodeSet read(JsonNode valueSet, String name, int depth) {
    JsonNode compose = valueSet.path("compose");
    if (compose.path("include").isEmpty()) {
      if (!valueSet.has("expansion")) {
        throw refused("the ValueSet " + name + " says nothing of its codes");
      }
      return expanded(valueSet, name);
    }
    CodeSet all = CodeSet.NONE;
    for (JsonNode include : compose.path("include").values()) {
      all = all.or(component(include, depth));
    }
    for (JsonNode exclude : compose.path("exclude").values()) {
      all = all.without(component(exclude, depth));
    }
    return all;
  }

  private static CodeSet expanded(JsonNode valueSet, String name) {
    Expansion expansion = new Expansion(valueSet.path("expansion"));
    expansion
        .gap()
        .ifPresent(
            gap -> {
              throw refused(
                  "the ValueSet " + name + " is here as a part of its expansion alone: " + gap);
            });
    return expansion.codes();
  }

  private CodeSet component(JsonNode component, int depth) {
    List<CodeSet> parts = new ArrayList<>();
    String system = component.path("system").asString("");
    if (!system.isEmpty()) {
      parts.add(CodeSet.of(system, codes(component, system)));
    }
    component
        .path("valueSet")
        .values()
        .forEach(other -> parts.add(valueSet(other.asString(""), depth + 1)));
    return parts.stream().reduce(CodeSet::and).orElse(CodeSet.NONE);
  }

  private Codes codes(JsonNode component, String system) {
    if (component.has("concept")) {
      Set<String> codes = new HashSet<>();
      component.path("concept").values().forEach(concept -> codes.add(code(concept)));
      return new Codes.Only(codes);
    }
    Codes codes = Codes.ALL;
    for (JsonNode filter : component.path("filter").values()) {
      codes = codes.and(filtered(filter, system));
    }
    return codes;
  }

  private Codes filtered(JsonNode filter, String system) {
    String property = filter.path("property").asString("");
    String how = filter.path("op").asString("");
    String value = filter.path("value").asString("");
    String code = Texts.code(value);
    boolean byCode = property.equals("concept") || property.equals("code");
    if (!byCode && how.equals("=")) {
      return new Codes.Only(
          concepts(system)
              .with(property, value)
              .orElseThrow(
                  () -> refused("the CodeSystem " + system + " has no property " + property)));
    }
    return switch (byCode ? how : "") {
      case "is-a" -> below(system, code);
      case "descendent-of" -> below(system, code).and(new Codes.AllBut(Set.of(code)));
      case "is-not-a" -> below(system, code).complement();
      case "generalizes" -> above(system, code);
      case "in" -> new Codes.Only(listed(value));
      case "not-in" -> new Codes.AllBut(listed(value));
      case "=" -> new Codes.Only(Set.of(code));
      default ->
          throw refused("filters of ValueSets by " + property + " " + how + " are not supported");
    };
  }

  private static Set<String> listed(String value) {
    Set<String> codes = new HashSet<>();
    for (String one : value.split(",", -1)) {
      codes.add(Texts.code(one));
    }
    return codes;
  }

  private static String code(JsonNode concept) {
    return Texts.code(concept.path("code").asString(""));
  }

  private Concepts concepts(String system) {
    Concepts known = systems.get(system);
    if (known == null) {
      JsonNode found = find("CodeSystem", system).orElseThrow(() -> unknown("CodeSystem", system));
      if (!found.path("content").asString("").equals("complete")) {
        throw refused("the CodeSystem " + system + " is here, but not with all of its concepts");
      }
      known = new Concepts(found);
      systems.put(system, known);
    }
    return known;
  }

  /** Of several versions the latest, by their names. */
  private Optional<JsonNode> find(String type, String canonical) {
    int bar = canonical.indexOf('|');
    String url = bar < 0 ? canonical : canonical.substring(0, bar);
    String version = bar < 0 ? "" : canonical.substring(bar + 1);
    List<DocId> ids = new ArrayList<>();
    if (url.startsWith(type + "/") && url.length() <= DocId.MAX_BYTES) {
      ids.add(DocId.of(url));
    } else {
      rows.documents(
          Span.of(parameters.get(type, "url"), Term.text(url)),
          id -> {
            ids.add(id);
            return ids.size() < MOST_VERSIONS;
          });
    }
    return load(ids).stream()
        .filter(one -> one.path("resourceType").asString("").equals(type))
        .filter(one -> version.isEmpty() || one.path("version").asString("").equals(version))
        .max(Comparator.comparing(one -> one.path("version").asString("")));
  }

  private List<JsonNode> load(List<DocId> ids) {
    List<JsonNode> found = new ArrayList<>();
    store.load(
        ids,
        Fields.WINNER,
        document -> {
          if (!document.deleted()) {
            found.add(ValueReader.read(document.revisions().getFirst().body().json()));
          }
          return true;
        });
    return found;
  }

  private static BadSearchException unknown(String type, String canonical) {
    return refused("the " + type + " " + canonical + " is not in this database");
  }

  private static BadSearchException refused(String message) {
    return new BadSearchException(Kind.NOT_SUPPORTED, message);
  }
}
