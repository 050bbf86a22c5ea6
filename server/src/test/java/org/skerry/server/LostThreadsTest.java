package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a node does when a thread of it ends by an error. */
class LostThreadsTest {
  private final AtomicInteger ends = new AtomicInteger();

  private void lose(Thread.Builder builder, Throwable cause) throws InterruptedException {
    Thread thread = builder.unstarted(() -> sneak(cause));
    thread.setUncaughtExceptionHandler(new LostThreads(ends::incrementAndGet));
    thread.start();
    thread.join();
  }

  private static void sneak(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) cause;
  }

  @Test
  void endsWithoutMemoryForWhatAllLeanOn() throws InterruptedException {
    lose(Thread.ofPlatform().name("compaction"), new OutOfMemoryError("played"));
    assertThat(ends).hasValue(1);
    lose(Thread.ofVirtual().name("SubPoller-0"), new OutOfMemoryError("played"));
    assertThat(ends).hasValue(2);
  }

  @Test
  void goesOnWithoutATask() throws InterruptedException {
    lose(Thread.ofVirtual().name("replication"), new OutOfMemoryError("played"));
    lose(Thread.ofPlatform().name("compaction"), new IllegalStateException("played"));
    assertThat(ends).hasValue(0);
  }
}
