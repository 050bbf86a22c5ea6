package org.skerry.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of bodies that are still on their way: all of a node's requests share one, and all its
 * answers another, so that many who send or read slowly, or stop, do not fill the heap. Who has
 * sent everything gives back what he had, and is served at the node's own pace. Any thread.
 *
 * <p>Nobody waits for room: two who have half of what they need would wait for each other. They are
 * refused, and try again.
 */
final class HeapRoom {
  /** The rest of the heap is for what is done with bodies, for indexes and for functions. */
  private static final int PART_OF_HEAP = 3;

  private static final String RETRY_SECONDS = "5";

  private final long bytes;
  private final String full;
  private final AtomicLong taken = new AtomicLong();

  /**
   * A room.
   *
   * @param full of what there is too much when there is none left
   */
  HeapRoom(long bytes, String full) {
    this.bytes = bytes;
    this.full = full;
  }

  /** For requests, a part of this process's heap. */
  static HeapRoom ofRequests() {
    return ofHeap("requests are being received");
  }

  /** For answers that are held whole until their readers have them. */
  static HeapRoom ofAnswers() {
    return ofHeap("answers are being sent");
  }

  private static HeapRoom ofHeap(String full) {
    return new HeapRoom(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, full);
  }

  /**
   * Takes more for one body. One that is alone gets as much as a body may have, however small the
   * heap is.
   *
   * @param more bytes, to be given back once
   * @param had bytes that it took before
   * @throws HttpProblem 503 when others have the room; nothing was taken then
   */
  void take(long more, long had) {
    long others = taken.getAndAdd(more) - had;
    if (others > 0 && others + had + more > bytes) {
      giveBack(more);
      throw new HttpProblem(
              503, "busy", "Too many large " + full + " at once: try again in a few seconds")
          .with("Retry-After", RETRY_SECONDS);
    }
  }

  /** The same for who cannot be told to try again: what it asked for is done. */
  void takeAnyway(long more) {
    taken.addAndGet(more);
  }

  void giveBack(long had) {
    taken.addAndGet(-had);
  }

  /** In bytes, by all that are on their way. */
  long taken() {
    return taken.get();
  }
}
