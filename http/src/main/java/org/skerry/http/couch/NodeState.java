package org.skerry.http.couch;

import java.util.Optional;
import java.util.function.Supplier;

/** What a node says of itself to those who send it work. Any thread. */
public final class NodeState {
  private final Supplier<Optional<String>> maintenance;

  /** Volatile: set once, by whoever ends the node. */
  private volatile boolean stopping;

  /**
   * The state of a node that works.
   *
   * @param maintenance CouchDB's {@code maintenance_mode}, when it is set
   */
  public NodeState(Supplier<Optional<String>> maintenance) {
    this.maintenance = maintenance;
  }

  /** The state of a node that nobody sets aside. */
  public static NodeState working() {
    return new NodeState(Optional::empty);
  }

  /** From now on it says that it ends, while it still answers. */
  public void stopping() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  /** {@code maintenance_mode} or {@code nolb}, as CouchDB's {@code _up} names them. */
  Optional<String> setAside() {
    return maintenance
        .get()
        .filter(mode -> mode.equals("true") || mode.equals("nolb"))
        .map(mode -> mode.equals("true") ? "maintenance_mode" : mode);
  }
}
