package org.skerry.script.rhino;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.script.LargeCall;
import org.skerry.script.ScriptLimits;
import org.skerry.script.guard.ScriptThread;

/** Calls that take much memory while others do. */
@Timeout(300)
class BudgetTest {
  /** Of the memory that a call may take: more than a share, and less than all. */
  private static final int MUCH = (int) (ScriptLimits.DEFAULT.memory() / 2);

  private final LargeCall large = new LargeCall();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  private Thread call(String name, int bytes, Runnable within) {
    Runnable work =
        () -> {
          Budget budget = new Budget(() -> ScriptLimits.DEFAULT, large);
          budget.begin();
          ScriptThread.takes(bytes, 1);
          told.add(name + " has it");
          within.run();
          told.add(name + " ends");
          budget.end();
        };
    Thread thread = new ScriptThread(work, name, 1 << 20);
    thread.start();
    return thread;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneCallAtATimeTakesMuch() throws InterruptedException {
    CountDownLatch has = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    Thread first =
        call(
            "first",
            MUCH,
            () -> {
              has.countDown();
              await(ends);
            });
    has.await();
    Thread second = call("second", MUCH, () -> {});
    while (second.getState() != Thread.State.WAITING && second.isAlive()) {
      Thread.onSpinWait();
    }
    call("small", 1_000, () -> {}).join();
    ends.countDown();
    first.join();
    second.join();
    assertThat(told)
        .containsExactly(
            "first has it",
            "small has it",
            "small ends",
            "first ends",
            "second has it",
            "second ends");
    assertThat(large.isTaken()).isFalse();
  }
}
