package org.skerry.fhir.search.query;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Codes of several systems: what a value set has, or what is below a code. Immutable. */
public record CodeSet(Map<String, Codes> bySystem) {
  /** No code of any system. */
  public static final CodeSet NONE = new CodeSet(Map.of());

  public CodeSet {
    bySystem = Map.copyOf(bySystem);
  }

  /** Codes of one system. */
  public static CodeSet of(String system, Codes codes) {
    return new CodeSet(Map.of(system, codes));
  }

  /** Codes that are in one of both. */
  public CodeSet or(CodeSet other) {
    return combine(other, Codes::or);
  }

  /** Codes that are in both. */
  public CodeSet and(CodeSet other) {
    return combine(other, Codes::and);
  }

  /** Codes that are in this and not in the other. */
  public CodeSet without(CodeSet other) {
    return combine(other, (mine, theirs) -> mine.and(theirs.complement()));
  }

  private CodeSet combine(CodeSet other, BinaryOperator<Codes> how) {
    Map<String, Codes> combined = new TreeMap<>();
    bySystem.forEach(
        (system, codes) ->
            combined.put(
                system, how.apply(codes, other.bySystem.getOrDefault(system, Codes.NONE))));
    other.bySystem.forEach(
        (system, codes) -> combined.computeIfAbsent(system, mine -> how.apply(Codes.NONE, codes)));
    return new CodeSet(combined);
  }

  /** Whether a code is in it. */
  public boolean has(String system, String code) {
    return bySystem.getOrDefault(system, Codes.NONE).has(code);
  }

  /** How many codes have to be named to say what is in it. */
  public int size() {
    return bySystem.values().stream()
        .mapToInt(
            codes ->
                switch (codes) {
                  case Codes.Only(var some) -> some.size();
                  case Codes.AllBut(var others) -> others.size();
                })
        .sum();
  }
}
