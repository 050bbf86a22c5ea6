package org.skerry.collation;

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
    Queue<CollatedKeys> spares = order == JsonOrder.UNICODE ? UNICODE : RAW;
    CollatedKeys spare = spares.poll();
    CollatedKeys keys = spare == null ? new CollatedKeys(order) : spare;
    try {
      return keys.of(value);
    } finally {
      // When there are enough, it is one too many.
      spares.offer(keys);
    }
  }
}
