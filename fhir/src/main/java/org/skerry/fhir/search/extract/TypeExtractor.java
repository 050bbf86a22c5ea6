package org.skerry.fhir.search.extract;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.skerry.fhir.search.definition.SearchParameter;
import tools.jackson.databind.JsonNode;

/** The search parameters of one type of resource, compiled. Immutable. */
public final class TypeExtractor {
  /** Every resource has it: the term by which a type's resources are listed. */
  public static final Term PRESENT = Term.of(Term.text(""));

  static final TermSource PRESENCE = (resource, terms) -> terms.accept(PRESENT);

  private final List<Entry> entries;
  private final List<Entry> textual;
  private final Map<Integer, Entry> byNumber = new TreeMap<>();

  /** A parameter, and where its terms come from. */
  record Entry(SearchParameter parameter, List<TermSource> sources) {
    Entry {
      sources = List.copyOf(sources);
    }

    Set<Term> terms(JsonNode resource) {
      Set<Term> found = new LinkedHashSet<>();
      sources.forEach(source -> source.find(resource, found::add));
      return found;
    }
  }

  /** Takes what a parameter finds. */
  @FunctionalInterface
  public interface Visitor {
    /** The terms of a parameter that has some, without repetition. */
    void visit(SearchParameter parameter, Set<Term> terms);
  }

  TypeExtractor(List<Entry> entries, List<Entry> textual) {
    this.entries = List.copyOf(entries);
    this.textual = List.copyOf(textual);
    entries.forEach(entry -> byNumber.put(entry.parameter().number(), entry));
    textual.forEach(entry -> byNumber.put(entry.parameter().number(), entry));
  }

  /** What all parameters find in a resource. */
  public void all(JsonNode resource, Visitor visitor) {
    visit(entries, resource, visitor);
  }

  /** The words of a resource's texts. */
  public void words(JsonNode resource, Visitor visitor) {
    visit(textual, resource, visitor);
  }

  private static void visit(List<Entry> some, JsonNode resource, Visitor visitor) {
    for (Entry entry : some) {
      Set<Term> terms = entry.terms(resource);
      if (!terms.isEmpty()) {
        visitor.visit(entry.parameter(), terms);
      }
    }
  }

  /** What one parameter finds in a resource. */
  public Set<Term> terms(SearchParameter parameter, JsonNode resource) {
    Entry entry = byNumber.get(parameter.number());
    return entry == null ? Set.of() : entry.terms(resource);
  }

  /** Whether words follow each other in one of the texts that a parameter looks at. */
  public boolean says(SearchParameter parameter, JsonNode resource, WordRun run) {
    Entry entry = byNumber.get(parameter.number());
    return entry != null
        && entry.sources().stream()
            .anyMatch(source -> source instanceof WordSource words && words.has(resource, run));
  }

  List<Entry> entries() {
    return entries;
  }
}
