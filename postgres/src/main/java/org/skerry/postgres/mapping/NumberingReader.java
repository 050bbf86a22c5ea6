package org.skerry.postgres.mapping;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads where a column's codes come from. */
final class NumberingReader {
  private static final String SEQUENCE = "sequence";
  private static final Pattern LISTED = Pattern.compile("[a-z0-9_]+\\.[A-Za-z0-9_.-]+");

  private NumberingReader() {}

  static Optional<Numbering> read(Members collision) {
    if (!collision.has(SEQUENCE)) {
      return Optional.empty();
    }
    if (collision.node(SEQUENCE).isString()) {
      return collision.name(SEQUENCE).map(Numbering::named);
    }
    Members sequence =
        collision
            .object(SEQUENCE)
            .only(Set.of("name", "tryton", "prefix", "suffix", "padding", "furthest"));
    if (sequence.has("name") == sequence.has("tryton")) {
      collision.wrong(SEQUENCE, "must be a name, or an object with either `name` or `tryton`");
      return Optional.empty();
    }
    Optional<Numbering.Source> source =
        sequence.has("name")
            ? sequence.name("name").map(Numbering.Source.Named::new)
            : listed(sequence);
    return source.map(one -> numbering(sequence, one));
  }

  private static Numbering numbering(Members sequence, Numbering.Source source) {
    long padding = sequence.number("padding", 0, 0, Numbering.MOST_PADDING);
    return new Numbering(
        source,
        sequence.text("prefix").orElse(""),
        sequence.text("suffix").orElse(""),
        sequence.has("padding") ? Optional.of((int) padding) : Optional.empty(),
        sequence.number("furthest", Numbering.USUAL_FURTHEST, 0, Numbering.MOST_FURTHEST));
  }

  private static Optional<Numbering.Source> listed(Members sequence) {
    String name = sequence.text("tryton").orElse("");
    if (!LISTED.matcher(name).matches()) {
      sequence.wrong("tryton", "must be a module and a name: `party.sequence_party`");
      return Optional.empty();
    }
    for (String own : Set.of("prefix", "suffix", "padding")) {
      if (sequence.has(own)) {
        sequence.wrong(own, "is what Tryton says itself");
      }
    }
    int dot = name.indexOf('.');
    return Optional.of(
        new Numbering.Source.Listed(name.substring(0, dot), name.substring(dot + 1)));
  }
}
