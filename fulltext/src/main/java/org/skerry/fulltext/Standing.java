package org.skerry.fulltext;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.skerry.store.Seq;

/**
 * Up to where an index has followed its database. Written into Lucene's commits.
 *
 * @param seq the position in the feed
 * @param purges the number of the last purge
 */
record Standing(Seq seq, long purges) {
  /** That of an index which has seen nothing. */
  static final Standing START = new Standing(Seq.ZERO, 0);

  /** Of the commits; another number is another form, which is made anew. */
  private static final String FORMAT = "1";

  Standing at(Seq reached) {
    return new Standing(reached, purges);
  }

  Standing purged(long number) {
    return new Standing(seq, number);
  }

  /** What a commit keeps. */
  Map<String, String> commitData(FieldTypes types) {
    return Map.of(
        "format",
        FORMAT,
        "seq",
        Long.toString(seq.number()),
        "position",
        HexFormat.of().formatHex(seq.position()),
        "purges",
        Long.toString(purges),
        "fields",
        types.json());
  }

  /** What a commit kept; nothing when it is of another form. */
  static Optional<Standing> of(Map<String, String> commitData) {
    if (!FORMAT.equals(commitData.get("format"))) {
      return Optional.empty();
    }
    try {
      Seq seq =
          Seq.of(
              Long.parseLong(commitData.getOrDefault("seq", "")),
              HexFormat.of().parseHex(commitData.getOrDefault("position", "")));
      return Optional.of(new Standing(seq, Long.parseLong(commitData.getOrDefault("purges", ""))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
