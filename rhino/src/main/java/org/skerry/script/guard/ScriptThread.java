package org.skerry.script.guard;

import java.text.Normalizer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread that may run scripts. The engine's own loops report here ({@link LoopGuard}), and what
 * it takes of memory ({@link SizeGuard}), so that what takes long or much without running any of
 * the script's instructions is ended, too.
 */
public final class ScriptThread extends Thread {
  /** Turns of loops between two checks: about as much work as between those of instructions. */
  private static final int TURNS = 4_096;

  /** Bytes taken at once that count as one turn: at most a megabyte is taken between two checks. */
  private static final int BYTES_OF_A_TURN = 256;

  /** Bytes taken at once that count at all. */
  private static final int MUCH = 4 * BYTES_OF_A_TURN;

  /** Characters of strings joined without being copied that count at all. */
  private static final int LONG = 1 << 16;

  private static final LongConsumer NOTHING = bytes -> {};

  private LongConsumer check = NOTHING;
  private int turns = TURNS;

  /**
   * A daemon.
   *
   * @param stack its size in bytes
   */
  public ScriptThread(Runnable work, String name, long stack) {
    super(null, work, name, stack);
    setDaemon(true);
    // The engine finds its parts by its thread's loader.
    setContextClassLoader(ScriptThread.class.getClassLoader());
  }

  /**
   * From now on asks this, on this thread, whether to go on; it throws to end what runs.
   *
   * @param check gets the bytes that are about to be taken at once, often 0
   */
  public static void checkedBy(LongConsumer check) {
    if (Thread.currentThread() instanceof ScriptThread thread) {
      thread.check = check;
      thread.turns = TURNS;
    }
  }

  /** From now on asks nobody. */
  public static void unchecked() {
    checkedBy(NOTHING);
  }

  /** Called at every turn of every loop of the engine. */
  public static void turn() {
    if (Thread.currentThread() instanceof ScriptThread thread) {
      thread.countTurn();
    }
  }

  /**
   * Called when the engine makes one string of two, whose characters it copies later or never.
   *
   * @param length in characters; negative when the sum is longer than an {@code int}, and so than
   *     any string: that is refused, whatever may be taken
   */
  public static void joins(int length) {
    if (length < 0) {
      count(Long.MAX_VALUE, Long.MAX_VALUE);
    } else if (length > LONG) {
      count(length, length);
    }
  }

  /** Called before the engine takes memory for a number of elements, and bytes of each. */
  public static void takes(int count, int size) {
    takesBytes(Integer.toUnsignedLong(count) * size);
  }

  /** Called before the engine copies elements: from where to where, and bytes of each. */
  public static void takes(int from, int to, int size) {
    takesBytes(((long) to - from) * size);
  }

  /** Called before the engine copies a text. */
  public static void takes(@Nullable CharSequence text) {
    if (text != null) {
      takesBytes((long) text.length() * Character.BYTES);
    }
  }

  /** Called before the engine has a builder hold some number of characters. */
  public static void grows(StringBuilder builder, int capacity) {
    int held = builder.capacity();
    if (capacity > held) {
      takesBytes(Math.max(capacity, 2L * held) * Character.BYTES);
    }
  }

  /** Called before the engine adds a text to a builder, which may double what it holds. */
  public static void adds(StringBuilder builder, @Nullable CharSequence text) {
    addsTo(builder.length(), builder.capacity(), length(text));
  }

  /** Called before the engine adds a character to a builder. */
  public static void adds(StringBuilder builder, char added) {
    if (builder.length() == builder.capacity()) {
      addsTo(builder.length(), builder.capacity(), 1);
    }
  }

  private static int length(@Nullable CharSequence text) {
    return text == null ? 0 : text.length();
  }

  private static void addsTo(int held, int capacity, int more) {
    long needed = (long) held + more;
    long taken = needed > capacity ? Math.max(needed, 2L * capacity) : more;
    takesBytes(taken * Character.BYTES);
  }

  /** Called before the engine has a text normalized. */
  public static void takesNormalized(CharSequence text, Normalizer.Form form) {
    takesBytes((long) text.length() * Character.BYTES * timesLonger(form));
  }

  /** Of a text in UTF-16, at most: Unicode's FAQ on normalization. */
  private static int timesLonger(Normalizer.Form form) {
    return switch (form) {
      case NFC -> 3;
      case NFD -> 4;
      case NFKC, NFKD -> 18;
    };
  }

  /** Called after a string was made for the engine. */
  public static void took(@Nullable String made) {
    if (made != null && made.length() > MUCH) {
      count(made.length(), 0);
    }
  }

  private static void takesBytes(long bytes) {
    if (bytes > MUCH) {
      count(bytes, bytes);
    }
  }

  private static void count(long bytes, long ahead) {
    if (Thread.currentThread() instanceof ScriptThread thread) {
      thread.countTurns(bytes / BYTES_OF_A_TURN, ahead);
    }
  }

  private void countTurn() {
    turns--;
    if (turns < 0) {
      turns = TURNS;
      check.accept(0);
    }
  }

  private void countTurns(long more, long ahead) {
    if (more > turns) {
      turns = TURNS;
      check.accept(ahead);
    } else {
      turns -= (int) more;
    }
  }
}
