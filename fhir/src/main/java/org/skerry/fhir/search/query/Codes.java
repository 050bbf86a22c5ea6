package org.skerry.fhir.search.query;

import java.util.HashSet;
import java.util.Set;

/** Codes of one system, as they are compared; immutable. */
public sealed interface Codes {
  /** None. */
  Codes NONE = new Only(Set.of());

  /** All that the system has, known here or not. */
  Codes ALL = new AllBut(Set.of());

  /** These. */
  record Only(Set<String> codes) implements Codes {
    public Only {
      codes = Set.copyOf(codes);
    }
  }

  /** Whatever the system has, but for these. */
  record AllBut(Set<String> codes) implements Codes {
    public AllBut {
      codes = Set.copyOf(codes);
    }
  }

  /** Whether a code is among them. */
  default boolean has(String code) {
    return switch (this) {
      case Only(Set<String> some) -> some.contains(code);
      case AllBut(Set<String> others) -> !others.contains(code);
    };
  }

  /** The others. */
  default Codes complement() {
    return switch (this) {
      case Only(Set<String> some) -> new AllBut(some);
      case AllBut(Set<String> others) -> new Only(others);
    };
  }

  /** Those that are among both. */
  default Codes and(Codes other) {
    return switch (this) {
      case Only(Set<String> some) ->
          new Only(some.stream().filter(other::has).collect(java.util.stream.Collectors.toSet()));
      case AllBut(Set<String> others) ->
          switch (other) {
            case Only some -> some.and(this);
            case AllBut(Set<String> more) -> {
              Set<String> all = new HashSet<>(others);
              all.addAll(more);
              yield new AllBut(all);
            }
          };
    };
  }

  /** Those that are among one of both. */
  default Codes or(Codes other) {
    return complement().and(other.complement()).complement();
  }
}
