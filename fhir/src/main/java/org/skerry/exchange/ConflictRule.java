package org.skerry.exchange;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a record that was changed on both sides. Nothing is lost by any of them. */
enum ConflictRule {
  /** Both versions stand here until people, or the database's policy, settle it. */
  KEEP,

  /** The partner's version is taken, at once; ours is set aside, and can be brought back. */
  THEIRS,

  /** Ours is taken, and sent; the partner's is set aside here, and can be brought back. */
  OURS;

  static Optional<ConflictRule> of(String text) {
    for (ConflictRule rule : values()) {
      if (rule.text().equals(text)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
