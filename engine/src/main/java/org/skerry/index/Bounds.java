package org.skerry.index;

import java.util.Arrays;
import java.util.Optional;

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

  /** The part of it that is not below. */
  Bounds from(byte[] other) {
    return Arrays.compareUnsigned(other, from) > 0 ? new Bounds(other, to) : this;
  }

  /** The part of it that is below. */
  Bounds to(byte[] other) {
    return to.isPresent() && Arrays.compareUnsigned(to.get(), other) <= 0
        ? this
        : new Bounds(from, Optional.of(other));
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
