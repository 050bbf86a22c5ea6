package org.skerry.index;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a view's order.
 *
 * @param from a row key at which it begins; empty bytes are the beginning of all
 * @param to a row key before which it ends; none is the end of all
 */
record Bounds(byte[] from, Optional<byte[]> to) {
  static final Bounds ALL = new Bounds(new byte[0], Optional.empty());

  boolean isEmpty() {
    return to.isPresent() && Arrays.compareUnsigned(from, to.get()) >= 0;
  }

  /** Where it ends for who goes that way; nothing when that is the end of all. */
  byte @Nullable [] limit(boolean descending) {
    if (descending) {
      return from.length == 0 ? null : from;
    }
    return to.orElse(null);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Bounds other
        && Arrays.equals(from, other.from)
        && Arrays.equals(to.orElse(null), other.to.orElse(null));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(from);
  }
}
