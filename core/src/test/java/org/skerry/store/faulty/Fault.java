package org.skerry.store.faulty;

/** What happens to a call. */
public enum Fault {
  /** Nothing. */
  NONE,

  /**
   * It throws {@link InjectedFaultException} and nothing took effect, as far as anybody can see.
   * Revisions that it should have written may turn up after a crash.
   */
  ERROR,

  /** It takes effect and throws all the same: the answer was lost. A visit throws in the middle. */
  LOST_ANSWER,

  /** The process ends. Of a batch's documents some were written, others not. */
  CRASH,

  /** It goes through, after the delay that the store's owner plays. */
  DELAY
}
