package org.skerry.store;

import java.util.Optional;

/**
 * Whether a store, or one of its databases, still answers. Shared by all objects that belong to it.
 */
final class MemoryLife {
  private final Optional<MemoryLife> store;
  private final String name;

  /** Written once, by whoever closes or drops; read by every call. */
  private volatile boolean ended;

  private MemoryLife(Optional<MemoryLife> store, String name) {
    this.store = store;
    this.name = name;
  }

  static MemoryLife ofStore() {
    return new MemoryLife(Optional.empty(), "");
  }

  MemoryLife ofDatabase(String database) {
    return new MemoryLife(Optional.of(this), database);
  }

  String name() {
    return name;
  }

  void end() {
    ended = true;
  }

  /**
   * Passes while the database and its store are there.
   *
   * @throws DatabaseGoneException when the database was dropped
   * @throws StoreException when the store was closed
   */
  void check() {
    if (ended) {
      throw store.isPresent()
          ? new DatabaseGoneException(name)
          : new StoreException("the store was closed; open it again");
    }
    store.ifPresent(MemoryLife::check);
  }
}
