package org.skerry.store.ordered;

import org.skerry.store.StoreException;

/** Derived data are damaged: throw them away and compute them again. */
public final class DamagedException extends StoreException {
  private static final long serialVersionUID = 1L;

  public DamagedException(String what, Throwable cause) {
    super("index data are damaged and have to be built anew: " + what, cause);
  }
}
