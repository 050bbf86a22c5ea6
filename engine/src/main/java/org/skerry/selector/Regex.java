package org.skerry.selector;

import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a selector, with an end to its patience.
 *
 * <p>An expression like {@code (a+)+$} takes exponential time on some texts. CouchDB's PCRE gives
 * up after a number of steps and the document does not match; here the steps are the characters
 * looked at, and the outcome is the same.
 */
final class Regex {
  /** Enough for any honest search of a short text; milliseconds. */
  private static final long MIN_STEPS = 1_000_000;

  /** A long text is looked at this often, on average, before the search is given up. */
  private static final long STEPS_PER_CHARACTER = 20;

  /** So many characters, less one, are looked at before others have a turn: a millisecond. */
  private static final long TURN = (1 << 18) - 1;

  private final Pattern pattern;

  /** By texts since others had a turn. Racy on purpose: it only has to come round now and then. */
  private long spent;

  private Regex(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles an expression of PCRE's syntax.
   *
   * @throws PatternSyntaxException when it is none, or none that Java knows
   */
  static Regex compile(String pcre) {
    String syntax = PcreSyntax.toJava(pcre);
    try {
      // PCRE knows one line terminator by default: the newline.
      return new Regex(Pattern.compile(syntax, Pattern.UNIX_LINES));
    } catch (StackOverflowError e) {
      throw new PatternSyntaxException("nested too deep", "", -1);
    }
  }

  boolean isFoundIn(String text) {
    long most = Math.max(MIN_STEPS, STEPS_PER_CHARACTER * text.length());
    Steps steps = new Steps(most);
    try {
      return pattern.matcher(new CountedText(text, steps)).find();
    } catch (OutOfStepsException | StackOverflowError e) {
      // Java's engine recurses for repeated groups: a long text exhausts the stack before the
      // steps.
      return false;
    } finally {
      spent += most - steps.left;
      if (spent > TURN) {
        spent = 0;
        letOthers();
      }
    }
  }

  /**
   * As many virtual threads compute at a time as there are cores. Parking for a moment, since those
   * that only yield come first again.
   */
  private static void letOthers() {
    if (Thread.currentThread().isVirtual()) {
      LockSupport.parkNanos(1);
    }
  }

  private static final class Steps {
    private long left;

    Steps(long left) {
      this.left = left;
    }
  }

  /** A text that counts how often it is looked at. */
  private record CountedText(CharSequence text, Steps steps) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (--steps.left < 0) {
        throw OutOfStepsException.INSTANCE;
      }
      if ((steps.left & TURN) == 0) {
        letOthers();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new CountedText(text.subSequence(start, end), steps);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  /** Leaves the engine, which has no other way out. */
  private static final class OutOfStepsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final OutOfStepsException INSTANCE = new OutOfStepsException();

    private OutOfStepsException() {
      super("gave up", null, false, false);
    }
  }
}
