package org.skerry.script.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptThreadTest {
  private static final int MANY = 100_000;

  private static void onScriptThread(Runnable work) throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    ScriptThread thread = new ScriptThread(work, "script", 1 << 20);
    thread.setUncaughtExceptionHandler((where, failure) -> failures.add(failure));
    thread.start();
    thread.join();
    assertThat(failures).isEmpty();
  }

  private static int turnsUntilAsked() {
    class Asked extends RuntimeException {}
    ScriptThread.checkedBy(
        () -> {
          throw new Asked();
        });
    int turns = 0;
    try {
      while (turns < MANY) {
        ScriptThread.turn();
        turns++;
      }
    } catch (Asked e) {
      return turns;
    } finally {
      ScriptThread.unchecked();
    }
    return turns;
  }

  @Test
  void aLoopIsAskedNowAndThen() throws InterruptedException {
    onScriptThread(() -> assertThat(turnsUntilAsked()).isBetween(1, MANY / 2));
  }

  @Test
  void eachCallHasTheSameNumberOfTurns() throws InterruptedException {
    onScriptThread(() -> assertThat(turnsUntilAsked()).isEqualTo(turnsUntilAsked()));
  }

  @Test
  void whoIsNoLongerCheckedIsNotAsked() throws InterruptedException {
    List<String> asked = new ArrayList<>();
    onScriptThread(
        () -> {
          ScriptThread.checkedBy(() -> asked.add("asked"));
          ScriptThread.unchecked();
          for (int turn = 0; turn < MANY; turn++) {
            ScriptThread.turn();
          }
        });
    assertThat(asked).isEmpty();
  }

  @Test
  void otherThreadsAreNotAsked() {
    assertThat(turnsUntilAsked()).isEqualTo(MANY);
  }
}
