package org.skerry.fhir.search.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An expression of {@code _filter}. */
public sealed interface Filter {
  /**
   * A comparison.
   *
   * @param at where it stands
   */
  record Test(Path path, Operator operator, String value, int at) implements Filter {}

  /**
   * What is compared: {@code subject[active eq true].name}.
   *
   * @param name of a search parameter, perhaps with what stands behind a colon
   * @param where of what it refers to only that is meant
   * @param rest of what it refers to
   */
  record Path(String name, Optional<Filter> where, Optional<Path> rest) {
    /** It with another name. */
    public Path named(String other) {
      return new Path(other, where, rest);
    }
  }

  /** That all hold. */
  record All(List<Filter> parts) implements Filter {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** That one holds. */
  record Any(List<Filter> parts) implements Filter {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** That it does not hold. */
  record Not(Filter part) implements Filter {}

  /** Both of them. */
  default Filter and(Filter other) {
    return new All(this instanceof All(List<Filter> some) ? with(some, other) : pair(other));
  }

  /** One of them. */
  default Filter or(Filter other) {
    return new Any(this instanceof Any(List<Filter> some) ? with(some, other) : pair(other));
  }

  private List<Filter> pair(Filter other) {
    return List.of(this, other);
  }

  private static List<Filter> with(List<Filter> some, Filter other) {
    List<Filter> more = new ArrayList<>(some);
    more.add(other);
    return more;
  }
}
