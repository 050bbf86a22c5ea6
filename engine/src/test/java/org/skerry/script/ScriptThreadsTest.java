package org.skerry.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a caller waits for a function on another thread. */
@Timeout(60)
class ScriptThreadsTest {
  private final CountDownLatch release = new CountDownLatch(1);

  private String call(LongSupplier turns) {
    ScriptLimits limits = ScriptLimits.DEFAULT.withTime(Duration.ofMillis(1));
    try (ScriptThreads threads = new ScriptThreads(() -> limits, turns, Duration.ZERO)) {
      return threads.call(
          () -> {
            await();
            return "done";
          });
    }
  }

  private void await() {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoWaitsWhileLargeCallsMoveOnIsNotRefused() {
    AtomicLong turns = new AtomicLong();
    LongSupplier moving =
        () -> {
          if (turns.get() == 20) {
            release.countDown();
          }
          return turns.incrementAndGet();
        };
    assertThat(call(moving)).isEqualTo("done");
    assertThat(turns).hasValueGreaterThan(20);
  }

  @Test
  void aFunctionThatDoesNotEndIsGivenUpWhenNothingMoves() {
    assertThatThrownBy(() -> call(() -> 0))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("did not end in time");
  }
}
