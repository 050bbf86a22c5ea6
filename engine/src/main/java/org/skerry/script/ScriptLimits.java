package org.skerry.script;

import java.time.Duration;

/**
 * What one call of a function may use.
 *
 * @param time of the clock; CouchDB's {@code os_process_timeout}
 * @param memory bytes allocated in the course of the call, garbage included; one call at a time may
 *     take all of it, and others wait when they need more than a share
 * @param output bytes of JSON that it may emit or return, about
 * @param source characters of one function or module
 * @param stack bytes of the stack of a script's thread
 * @param threads how many functions run at once
 */
public record ScriptLimits(
    Duration time, long memory, long output, int source, long stack, int threads) {
  private static final long MEGABYTE = 1L << 20;

  /**
   * Five seconds as CouchDB, half of the heap but at most 512 MB, and 16 MB of output; as many at
   * once as there are processors, but two at least, so that one that uses up its time does not stop
   * all others.
   */
  public static final ScriptLimits DEFAULT =
      new ScriptLimits(
          Duration.ofSeconds(5),
          Math.min(512 * MEGABYTE, Runtime.getRuntime().maxMemory() / 2),
          16 * MEGABYTE,
          1 << 20,
          4 * MEGABYTE,
          Math.max(2, Runtime.getRuntime().availableProcessors()));

  public ScriptLimits {
    boolean positive =
        time.isPositive() && memory > 0 && output > 0 && source > 0 && stack > 0 && threads > 0;
    if (!positive) {
      throw new IllegalArgumentException("limits are positive");
    }
  }

  public ScriptLimits withTime(Duration other) {
    return new ScriptLimits(other, memory, output, source, stack, threads);
  }

  public ScriptLimits withMemory(long other) {
    return new ScriptLimits(time, other, output, source, stack, threads);
  }

  public ScriptLimits withSource(int other) {
    return new ScriptLimits(time, memory, output, other, stack, threads);
  }

  public ScriptLimits withOutput(long other) {
    return new ScriptLimits(time, memory, other, source, stack, threads);
  }
}
