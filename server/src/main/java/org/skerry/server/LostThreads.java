package org.skerry.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a node when one of its threads ends by an error. A request that needs more memory
 * than there is fails alone, and so does one task. But the same moment may take a thread on which
 * all others lean, such as the machine's own that waits for sockets: the node would stand there and
 * answer nothing. It ends, so that whoever watches over it starts it again; what it acknowledged is
 * durable. A task that cannot do without more memory would be begun again with the node, and end it
 * again: that it has failed is only said.
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
    boolean ends = cause instanceof OutOfMemoryError && isLeantOn(thread);
    try {
      LOG.error(
          ends ? "thread {} ran out of memory; the node ends" : "thread {} failed",
          thread.getName(),
          cause);
    } finally {
      if (ends) {
        end.run();
      }
    }
  }

  /** Tasks have virtual threads, and so have some of the machine's pollers of sockets. */
  private static boolean isLeantOn(Thread thread) {
    return !thread.isVirtual() || thread.getName().contains("Poller");
  }
}
