package org.skerry.index;

import org.skerry.store.Registration;

/** Is told of indexes that are being built. Any thread may call. */
@FunctionalInterface
public interface BuildListener {
  /** Tells nobody. */
  BuildListener NOBODY = progress -> () -> {};

  /**
   * A build begins that will take a while.
   *
   * @return closed when it ends, however it does
   */
  Registration started(BuildProgress progress);
}
