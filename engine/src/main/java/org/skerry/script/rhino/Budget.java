package org.skerry.script.rhino;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.skerry.script.ScriptException;
import org.skerry.script.ScriptException.Kind;
import org.skerry.script.ScriptLimits;
import org.skerry.script.guard.ScriptThread;

/** What is left of the time and the memory of one call. For the thread that runs it. */
final class Budget {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Supplier<ScriptLimits> given;
  private final LongConsumer check = this::check;

  /** Of the call that goes on. */
  private ScriptLimits limits;

  private long deadline;
  private long allocated;

  /**
   * Whether the call asked for too much, which it then did not get: it does not go on with less.
   */
  private boolean refused;

  Budget(Supplier<ScriptLimits> given) {
    this.given = given;
    this.limits = given.get();
  }

  /** Begins a call. */
  void begin() {
    limits = given.get();
    deadline = System.nanoTime() + limits.time().toNanos();
    allocated = THREADS.getCurrentThreadAllocatedBytes();
    refused = false;
    ScriptThread.checkedBy(check);
  }

  /** Ends a call: what follows is the engine's own affair. */
  void end() {
    ScriptThread.unchecked();
  }

  /** Ends the call by force when it used up what it had. */
  void check() {
    check(0);
  }

  /** As well when it is about to take more bytes than are left. */
  private void check(long bytes) {
    if (System.nanoTime() - deadline > 0) {
      throw new Exhausted(
          Kind.TIMEOUT, "the function took longer than " + limits.time().toMillis() + " ms");
    }
    long used = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    refused |= used > limits.memory() - bytes;
    if (refused) {
      throw new Exhausted(
          Kind.MEMORY, "the function used more than " + limits.memory() + " bytes of memory");
    }
  }

  /** An error, because Rhino lets functions catch exceptions. */
  static final class Exhausted extends Error {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    Exhausted(Kind kind, String message) {
      super(message, null, false, false);
      this.kind = kind;
    }

    ScriptException exception() {
      return new ScriptException(kind, String.valueOf(getMessage()));
    }
  }
}
