package org.skerry.script.rhino;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.skerry.script.LargeCall;
import org.skerry.script.ScriptException;
import org.skerry.script.ScriptException.Kind;
import org.skerry.script.ScriptLimits;
import org.skerry.script.guard.ScriptThread;

/**
 * What is left of the time and the memory of one call. For the thread that runs it.
 *
 * <p>What a call may take is much of the heap, and two of them at once would fill it. So a call
 * that takes more than a share has to be the only one: it waits until another such call has ended,
 * and its time waits, too. What a function may take, and so which documents are in an index, does
 * not depend on what else runs.
 */
final class Budget {
  /** All that run at once, those of indexes included, have half of it in shares. */
  private static final int SHARES_OF_A_THREAD = 4;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Supplier<ScriptLimits> given;
  private final LargeCall large;
  private final LongConsumer check = this::check;

  /** Whether the call is the large one. */
  private boolean isLarge;

  /** Of the call that goes on. */
  private ScriptLimits limits;

  private long deadline;
  private long allocated;

  /**
   * Whether the call asked for too much, which it then did not get: it does not go on with less.
   */
  private boolean refused;

  /**
   * For calls one after the other.
   *
   * @param large of all that run at once
   */
  Budget(Supplier<ScriptLimits> given, LargeCall large) {
    this.given = given;
    this.large = large;
    this.limits = given.get();
  }

  /** Begins a call. */
  void begin() {
    limits = given.get();
    deadline = System.nanoTime() + limits.time().toNanos();
    allocated = THREADS.getCurrentThreadAllocatedBytes();
    refused = false;
    isLarge = false;
    ScriptThread.checkedBy(check);
  }

  /** Ends a call: what follows is the engine's own affair. */
  void end() {
    ScriptThread.unchecked();
    large.end();
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
    if (!isLarge && used > share() - bytes) {
      becomeLarge();
    }
  }

  private long share() {
    return limits.memory() / ((long) SHARES_OF_A_THREAD * limits.threads());
  }

  private void becomeLarge() {
    long began = System.nanoTime();
    large.begin();
    isLarge = true;
    deadline += System.nanoTime() - began;
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
