package org.skerry.script.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        bytes -> {
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
          ScriptThread.checkedBy(bytes -> asked.add("asked"));
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

  /** What a check is told while something runs. */
  private static List<Long> told(Runnable work) throws InterruptedException {
    List<Long> told = new ArrayList<>();
    onScriptThread(
        () -> {
          ScriptThread.checkedBy(told::add);
          work.run();
        });
    return told;
  }

  @Test
  void muchIsAskedForBeforeItIsTaken() throws InterruptedException {
    assertThat(told(() -> ScriptThread.takes(50 << 20, 2))).containsExactly(100L << 20);
    assertThat(told(() -> ScriptThread.takes(10, 10 + (50 << 20), 2))).containsExactly(100L << 20);
    assertThat(told(() -> ScriptThread.takes("x".repeat(50 << 20)))).containsExactly(100L << 20);
  }

  @Test
  void aLengthBeyondWholeNumbersIsMoreThanAnybodyMayTake() throws InterruptedException {
    int length = 1 << 31;
    assertThat(told(() -> ScriptThread.joins(length))).containsExactly(Long.MAX_VALUE);
  }

  @Test
  void aBuilderAsksForWhatItGrowsBy() throws InterruptedException {
    StringBuilder builder = new StringBuilder(50 << 20);
    assertThat(told(() -> ScriptThread.grows(builder, 50 << 20))).isEmpty();
    assertThat(told(() -> ScriptThread.grows(builder, (50 << 20) + 1))).containsExactly(200L << 20);
    assertThat(told(() -> ScriptThread.grows(builder, 150 << 20))).containsExactly(300L << 20);
  }

  @Test
  void whatIsAddedIsAskedForWithWhatTheBuilderGrowsBy() throws InterruptedException {
    StringBuilder builder = new StringBuilder("x".repeat(50 << 20));
    builder.trimToSize();
    assertThat(told(() -> ScriptThread.adds(builder, "yy"))).containsExactly(200L << 20);
    assertThat(told(() -> ScriptThread.adds(builder, 'y'))).containsExactly(200L << 20);
    builder.append("yy");
    assertThat(told(() -> ScriptThread.adds(builder, "yy"))).as("there is room").isEmpty();
    assertThat(told(() -> ScriptThread.adds(builder, 'y'))).as("there is room").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"NFC, 3", "NFD, 4", "NFKC, 18", "NFKD, 18"})
  void aNormalFormAsksForWhatItMayTake(Form form, long times) throws InterruptedException {
    String text = "x".repeat(1 << 20);
    assertThat(told(() -> ScriptThread.takesNormalized(text, form))).containsExactly(times << 21);
  }

  @Test
  void littleCountsAsNothingAndMoreAsTurns() throws InterruptedException {
    assertThat(told(() -> IntStream.range(0, MANY).forEach(i -> ScriptThread.takes(100, 2))))
        .isEmpty();
    assertThat(told(() -> IntStream.range(0, MANY).forEach(i -> ScriptThread.takes(100_000, 2))))
        .hasSizeBetween(MANY / 6, MANY / 5);
    String made = "x".repeat(100_000);
    assertThat(told(() -> IntStream.range(0, MANY).forEach(i -> ScriptThread.took(made))))
        .hasSizeBetween(MANY / 12, MANY / 10)
        .containsOnly(0L);
  }
}
