package org.skerry.index;

import java.util.List;

/**
 * What is kept over ranges of rows: the reduction of a range is that of its parts' reductions,
 * however it is parted. States are opaque bytes, kept in the inner nodes of a view's tree. Any
 * thread may call.
 *
 * <p>A reduction never throws because of what it reduces: whatever is wrong with rows becomes a
 * state, so that it is told to those who ask and does not stop the index.
 */
public interface Reduction {
  /** The state of some rows, at least one, in their order. */
  byte[] reduce(List<Row> rows);

  /** The state of what these states stand for, at least one, in the order of their rows. */
  byte[] rereduce(List<byte[]> states);

  /** Whether a state is the number of rows, in decimal digits: a view's tree knows it anyway. */
  default boolean countsRows() {
    return false;
  }

  /** What a client is told of a state. */
  Reduced result(byte[] state);

  /** A reduction's outcome. */
  sealed interface Reduced {
    /** A value, as JSON. */
    record Value(byte[] json) implements Reduced {}

    /** Rows that cannot be reduced: CouchDB's error and reason. */
    record Failed(String error, String reason) implements Reduced {}
  }
}
