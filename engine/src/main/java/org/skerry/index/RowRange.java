package org.skerry.index;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skerry.collation.JsonOrder;
import org.skerry.collation.SingleKeys;
import tools.jackson.databind.JsonNode;

/**
 * A part of a view's rows as CouchDB's clients name it: from a start to an end, whichever the
 * direction.
 *
 * @param startId of the rows whose key is the start, where to begin; counts only with a start
 * @param endId of the rows whose key is the end, where to stop; counts only with an end
 * @param inclusiveEnd whether the end belongs to it
 */
public record RowRange(
    Optional<JsonNode> start,
    Optional<String> startId,
    Optional<JsonNode> end,
    Optional<String> endId,
    boolean inclusiveEnd,
    boolean descending) {
  /** All rows, in ascending order. */
  public static final RowRange ALL =
      new RowRange(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, false);

  /** All rows of one key. */
  public static RowRange ofKey(JsonNode key) {
    return new RowRange(
        Optional.of(key), Optional.empty(), Optional.of(key), Optional.empty(), true, false);
  }

  /** The rows from a key to another, in ascending order. */
  public static RowRange between(
      Optional<JsonNode> start, Optional<JsonNode> end, boolean inclusiveEnd) {
    return new RowRange(start, Optional.empty(), end, Optional.empty(), inclusiveEnd, false);
  }

  /** It in the other direction: from its end to its start. */
  public RowRange inDirection(boolean downwards) {
    return new RowRange(start, startId, end, endId, inclusiveEnd, downwards);
  }

  /** It with one key, from which to which it runs. */
  public RowRange withKey(JsonNode key) {
    return new RowRange(
        Optional.of(key), startId, Optional.of(key), endId, inclusiveEnd, descending);
  }

  /** Whether its start is behind its end, so that no row can be in it. */
  public boolean isReversed(JsonOrder order) {
    if (start.isEmpty() || end.isEmpty() || start.equals(end)) {
      return false;
    }
    Bounds bounds = new RowRange(start, startId, end, endId, true, descending).bounds(order);
    return bounds.isEmpty();
  }

  Bounds bounds(JsonOrder order) {
    return bounds(
        start.map(key -> SingleKeys.of(order, key)),
        startId,
        end.map(key -> SingleKeys.of(order, key)),
        endId,
        inclusiveEnd,
        descending);
  }

  /** The same of keys that are collated already. */
  static Bounds bounds(
      Optional<byte[]> start,
      Optional<String> startId,
      Optional<byte[]> end,
      Optional<String> endId,
      boolean inclusiveEnd,
      boolean descending) {
    Optional<byte[]> begin = start.map(key -> edge(key, startId, descending));
    // An end that is included is behind its rows in the direction of travel.
    Optional<byte[]> stop = end.map(key -> edge(key, endId, inclusiveEnd != descending));
    Optional<byte[]> low = descending ? stop : begin;
    return new Bounds(low.orElse(new byte[0]), descending ? begin : stop);
  }

  /** The place before or behind the rows of a key, or of a key and a document. */
  private static byte[] edge(byte[] key, Optional<String> id, boolean behind) {
    if (id.isPresent()) {
      byte[] utf8 = id.get().getBytes(StandardCharsets.UTF_8);
      return behind ? RowKeys.behindDocument(key, utf8) : RowKeys.atDocument(key, utf8);
    }
    return behind ? RowKeys.above(key) : key;
  }
}
