package org.skerry.index;

import java.util.Arrays;
import java.util.Optional;

/**
 * A row that comes, or goes.
 *
 * @param entry the row as it stands in a leaf; nothing for one that goes
 */
record RowChange(byte[] rowKey, Optional<byte[]> entry) implements Comparable<RowChange> {
  @Override
  public int compareTo(RowChange other) {
    return Arrays.compareUnsigned(rowKey, other.rowKey);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof RowChange other && Arrays.equals(rowKey, other.rowKey);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rowKey);
  }
}
