package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a node does when a thread of it ends by an error. */
class LostThreadsTest {
  private final AtomicInteger ends = new AtomicInteger();

  private void lose(Runnable work) throws InterruptedException {
    Thread thread = Thread.ofVirtual().name("lost").unstarted(work);
    thread.setUncaughtExceptionHandler(new LostThreads(ends::incrementAndGet));
    thread.start();
    thread.join();
  }

  @Test
  void endsWithoutMemory() throws InterruptedException {
    lose(
        () -> {
          throw new OutOfMemoryError("played");
        });
    assertThat(ends).hasValue(1);
  }

  @Test
  void goesOnWithoutAThreadThatFailedOtherwise() throws InterruptedException {
    lose(
        () -> {
          throw new IllegalStateException("played");
        });
    assertThat(ends).hasValue(0);
  }
}
