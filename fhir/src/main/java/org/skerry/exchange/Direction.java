package org.skerry.exchange;

import java.util.Locale;
import java.util.Optional;

/** Which way records go. */
enum Direction {
  PULL,
  PUSH;

  /** As descriptions and requests write it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Direction> of(String text) {
    for (Direction one : values()) {
      if (one.text().equalsIgnoreCase(text)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
