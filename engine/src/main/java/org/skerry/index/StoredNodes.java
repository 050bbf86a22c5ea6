package org.skerry.index;

import java.nio.BufferUnderflowException;
import org.jspecify.annotations.Nullable;
import org.skerry.store.ordered.DamagedException;

/** Reads the nodes of one view where the index is stored. */
final class StoredNodes {
  private StoredNodes() {}

  /**
   * A node of what was found under its key.
   *
   * @throws DamagedException when that is none
   */
  static Node node(int view, long id, byte @Nullable [] found) {
    if (found == null) {
      throw new DamagedException(
          "node " + id + " of view " + view + " is missing", new IllegalStateException());
    }
    try {
      return new Node(found);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
      throw new DamagedException("node " + id + " of view " + view, e);
    }
  }
}
