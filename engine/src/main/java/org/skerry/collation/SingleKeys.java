package org.skerry.collation;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import tools.jackson.databind.JsonNode;

/**
 * Collated keys for those who need one or two: {@link CollatedKeys} are lent to them, since to make
 * one takes longer than to use it, and one that was used knows texts. Any thread may call.
 */
public final class SingleKeys {
  /** As many as are in use at a time on a machine with that many processors. */
  private static final int SPARE = 8;

  private static final Queue<CollatedKeys> UNICODE = new ArrayBlockingQueue<>(SPARE);
  private static final Queue<CollatedKeys> RAW = new ArrayBlockingQueue<>(SPARE);

  private SingleKeys() {}

  /** The value's bytes in that order. */
  public static byte[] of(JsonOrder order, JsonNode value) {
    CollatedKeys keys = borrow(order);
    try {
      return keys.of(value);
    } finally {
      giveBack(order, keys);
    }
  }

  /** The bytes of an array of these elements. */
  public static byte[] ofArray(JsonOrder order, List<JsonNode> elements) {
    CollatedKeys keys = borrow(order);
    try {
      return keys.ofArray(elements);
    } finally {
      giveBack(order, keys);
    }
  }

  /** Above all arrays that begin with these elements, and below whatever is above those. */
  public static byte[] aboveArrays(JsonOrder order, List<JsonNode> beginning) {
    CollatedKeys keys = borrow(order);
    try {
      return keys.aboveArrays(beginning);
    } finally {
      giveBack(order, keys);
    }
  }

  private static CollatedKeys borrow(JsonOrder order) {
    CollatedKeys spare = spares(order).poll();
    return spare == null ? new CollatedKeys(order) : spare;
  }

  /** When there are enough, it is one too many. */
  private static void giveBack(JsonOrder order, CollatedKeys keys) {
    spares(order).offer(keys);
  }

  private static Queue<CollatedKeys> spares(JsonOrder order) {
    return order == JsonOrder.UNICODE ? UNICODE : RAW;
  }
}
