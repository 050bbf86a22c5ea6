package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Long work on threads of its own. */
@Timeout(300)
class ChoresTest {
  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoWatchesAChoreIsAskedUntilItEnds() {
    CountDownLatch enough = new CountDownLatch(3);
    AtomicInteger asked = new AtomicInteger();
    Chores.run(
        () -> await(enough),
        () -> {
          asked.incrementAndGet();
          enough.countDown();
        });
    assertThat(asked.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void whatAChoreThrowsReachesItsCaller() {
    Runnable failing =
        () -> {
          throw new IllegalArgumentException("no room");
        };
    assertThatThrownBy(() -> Chores.run(failing, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no room");
    assertThatThrownBy(() -> Chores.run(failing)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anInterruptWaitsForTheChore() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    boolean[] ended = {false};
    boolean[] interrupted = {false};
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  Chores.run(
                      () -> {
                        begun.countDown();
                        await(go);
                        ended[0] = true;
                      },
                      () -> {});
                  interrupted[0] = ended[0] && Thread.currentThread().isInterrupted();
                });
    begun.await();
    caller.interrupt();
    go.countDown();
    caller.join();
    assertThat(interrupted[0]).isTrue();
  }
}
