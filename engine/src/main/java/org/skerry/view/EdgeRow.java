package org.skerry.view;

import java.util.List;
import org.skerry.index.Reduction;
import org.skerry.index.Row;

/** {@code _first} and {@code _last}: the value of the first row, or of the last. */
final class EdgeRow implements Reduction {
  private final boolean first;

  EdgeRow(boolean first) {
    this.first = first;
  }

  @Override
  public byte[] reduce(List<Row> rows) {
    return (first ? rows.getFirst() : rows.getLast()).value();
  }

  @Override
  public byte[] rereduce(List<byte[]> states) {
    return first ? states.getFirst() : states.getLast();
  }

  @Override
  public Reduced result(byte[] state) {
    return new Reduced.Value(state);
  }
}
