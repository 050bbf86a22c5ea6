package org.skerry.replication;

import java.util.Optional;
import org.skerry.replication.peer.FilterName;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.Selection;

/**
 * A filter function with its text, as a session found it: what one let pass says nothing about what
 * another one of its name does. Immutable; both the reading and the writing thread check it.
 */
record FilterFunction(Peer source, FilterName name, String text) {
  /** Reads the one that a selection names, if it names one. */
  static Optional<FilterFunction> read(Peer source, Selection selection) {
    return named(selection).map(name -> new FilterFunction(source, name, text(source, name)));
  }

  /** The name in a selection; nothing where the filter is a built-in one, or there is none. */
  static Optional<FilterName> named(Selection selection) {
    return selection instanceof Selection.ByFilter named ? named.function() : Optional.empty();
  }

  /**
   * Ends a session whose filter function was changed: from then on other documents pass, and so do
   * perhaps earlier ones.
   */
  void check() {
    if (!text.equals(text(source, name))) {
      throw new PeerException(
          Kind.FAILING, "the filter function was changed: the replication begins anew with it");
    }
  }

  private static String text(Peer source, FilterName name) {
    return source
        .filterSource(name)
        .orElseThrow(
            () ->
                new PeerException(
                    Kind.UNSUPPORTED,
                    "there is no filter function "
                        + name
                        + " at "
                        + source.name()
                        + ": no design document of that name, or nothing in its `filters`"));
  }
}
