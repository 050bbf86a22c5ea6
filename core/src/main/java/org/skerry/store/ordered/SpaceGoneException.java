package org.skerry.store.ordered;

import org.skerry.store.StoreException;

/** A space was dropped while somebody worked with it. */
public final class SpaceGoneException extends StoreException {
  private static final long serialVersionUID = 1L;

  public SpaceGoneException(String name) {
    super("the index data " + name + " were deleted");
  }
}
