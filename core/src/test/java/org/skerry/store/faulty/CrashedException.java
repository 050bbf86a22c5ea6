package org.skerry.store.faulty;

import org.skerry.store.StoreException;

/** The process that held this store has ended; {@link FaultyStore#restart} begins another. */
public final class CrashedException extends StoreException {
  private static final long serialVersionUID = 1L;

  CrashedException() {
    super("this process has ended; restart the store");
  }
}
