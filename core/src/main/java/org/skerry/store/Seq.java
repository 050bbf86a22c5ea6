package org.skerry.store;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A position in a feed. Opaque to all but the engine that made it; two of one database are compared
 * only by that engine.
 *
 * <p>{@link #number} is what people see: how many updates stand before this position, as exactly as
 * the engine knows. {@link #position} is what the engine needs to resume; an engine with one order
 * of writes needs nothing but the number, and leaves it empty.
 */
public final class Seq {
  /** Before the first change. */
  public static final Seq ZERO = new Seq(0, new byte[0]);

  private final long number;
  private final byte[] position;

  private Seq(long number, byte[] position) {
    this.number = number;
    this.position = position;
  }

  /** A position that the number says all about. */
  public static Seq of(long number) {
    return of(number, new byte[0]);
  }

  /** A position with the engine's own bytes; copied. */
  public static Seq of(long number, byte[] position) {
    if (number < 0) {
      throw new IllegalArgumentException("a sequence is not negative: " + number);
    }
    return new Seq(number, position.clone());
  }

  public long number() {
    return number;
  }

  /** The engine's bytes. Shared: do not change. */
  public byte[] position() {
    return position;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Seq other
        && number == other.number
        && Arrays.equals(position, other.position);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number) * 31 + Arrays.hashCode(position);
  }

  @Override
  public String toString() {
    return position.length == 0
        ? Long.toString(number)
        : number + "/" + HexFormat.of().formatHex(position);
  }
}
