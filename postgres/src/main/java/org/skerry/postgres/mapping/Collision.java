package org.skerry.postgres.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens when two documents want the same unique value, each made where the other was not
 * known. The one with the smaller id keeps it, on every node; names that a centre gives are the
 * smallest.
 *
 * @param columns that are unique together; the first of them is the one that yields
 * @param sequence where the application's own codes come from, if it counts them: it is moved past
 *     numbers that others gave, and gives new ones; without one the number above all others is the
 *     new one
 */
public record Collision(List<String> columns, Rule rule, Optional<Numbering> sequence) {
  /** What becomes of the other one. */
  public enum Rule {
    /** It was the same thing all along: its row is taken for the one that keeps the value. */
    KEEP_CENTRAL,
    /** It gets the next number, at the place where it was made. */
    RENUMBER_LOCAL,
    /** It gets the name of the place where it was made, behind a dash. */
    SUFFIX;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Collision {
    columns = List.copyOf(columns);
  }
}
