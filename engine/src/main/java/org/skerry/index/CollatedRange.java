package org.skerry.index;

import java.util.Optional;

/**
 * A part of a view's rows by collated keys, of which both ends belong to it.
 *
 * @param start where to begin, whichever the direction
 * @param startId of the rows whose key is the start, where to begin
 * @param end where to stop
 */
public record CollatedRange(
    Optional<byte[]> start, Optional<String> startId, Optional<byte[]> end, boolean descending) {
  Bounds bounds() {
    return RowRange.bounds(start, startId, end, Optional.empty(), true, descending);
  }
}
