package org.skerry.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a node when one of its threads ends by an error. A request that needs more memory
 * than there is fails alone. But the same moment may take a thread that was to run for ever, such
 * as the machine's own that waits for sockets: the node would stand there and answer nothing. It
 * ends, so that whoever watches over it starts it again; what it acknowledged is durable.
 */
final class LostThreads implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LostThreads.class);

  private final Runnable end;

  /**
   * For the threads of a process.
   *
   * @param end ends it, without much memory
   */
  LostThreads(Runnable end) {
    this.end = end;
  }

  /** Watches this process from now on. */
  static void watch() {
    Thread.setDefaultUncaughtExceptionHandler(
        new LostThreads(() -> Runtime.getRuntime().halt(Main.FAILED)));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable cause) {
    boolean noMemory = cause instanceof OutOfMemoryError;
    try {
      LOG.error(
          noMemory ? "thread {} ran out of memory; the node ends" : "thread {} failed",
          thread.getName(),
          cause);
    } finally {
      if (noMemory) {
        end.run();
      }
    }
  }
}
