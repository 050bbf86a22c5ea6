package org.skerry.script.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mozilla.javascript.Context;

class SizeGuardTest {
  private static final int LONG = 4_000_000;

  /** What the engine asks for while it computes an expression in which s is a long text. */
  private static List<Long> asked(int version, String expression) throws InterruptedException {
    List<Long> asked = new ArrayList<>();
    Runnable work =
        () -> {
          try (Context context = Context.enter()) {
            context.setLanguageVersion(version);
            var scope = context.initSafeStandardObjects();
            scope.put("s", scope, "x" + "a".repeat(LONG - 2) + "x");
            ScriptThread.checkedBy(
                bytes -> {
                  if (bytes > 0) {
                    asked.add(bytes);
                  }
                });
            context.evaluateString(scope, expression, "test", 1, null);
            ScriptThread.unchecked();
          }
        };
    ScriptThread thread = new ScriptThread(work, "script", 1 << 20);
    thread.start();
    thread.join();
    return asked;
  }

  /** The old language replaces another way: it knows the length beforehand. */
  @Test
  void aBuilderThatHoldsEnoughAsksForNothing() throws InterruptedException {
    assertThat(asked(Context.VERSION_1_8, "s.replace(/x/g, 'y')"))
        .filteredOn(bytes -> bytes >= 2L * LONG)
        .hasSize(1);
  }

  @Test
  void aTextIsAskedForBeforeItIsNormalized() throws InterruptedException {
    assertThat(asked(Context.VERSION_ES6, "s.normalize('NFC')")).containsExactly(3 * 2L * LONG);
    assertThat(asked(Context.VERSION_ES6, "s.normalize('NFKD')")).containsExactly(18 * 2L * LONG);
  }
}
