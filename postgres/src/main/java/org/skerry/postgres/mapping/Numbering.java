package org.skerry.postgres.mapping;

import java.util.Optional;

/**
 * How an application makes codes of numbers that it counts.
 *
 * @param prefix what stands before a number, where the source does not know
 * @param suffix what stands behind it
 * @param padding how many digits it has at least, with zeros; where nobody says it any may be there
 * @param furthest how many numbers are passed over at most for a code that came from elsewhere
 */
public record Numbering(
    Source source, String prefix, String suffix, Optional<Integer> padding, long furthest) {
  /** Beyond that it was a slip of somebody's pen, or another place's range. */
  public static final long USUAL_FURTHEST = 1_000_000;

  /** They are counted one by one. */
  static final long MOST_FURTHEST = 10_000_000;

  static final int MOST_PADDING = 18;

  /** Who counts. */
  public sealed interface Source {
    /** A sequence by its name; Tryton's where it is called as Tryton calls them. */
    record Named(String name) implements Source {}

    /** A sequence that came with one of Tryton's modules, by what it is called there. */
    record Listed(String module, String name) implements Source {
      @Override
      public String toString() {
        return module + "." + name;
      }
    }
  }

  /** A sequence of which nothing but its name is known. */
  public static Numbering named(String name) {
    return new Numbering(new Source.Named(name), "", "", Optional.empty(), USUAL_FURTHEST);
  }
}
