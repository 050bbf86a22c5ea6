package org.skerry.store;

/** The database was dropped while somebody worked with it. */
public final class DatabaseGoneException extends StoreException {
  private static final long serialVersionUID = 1L;

  public DatabaseGoneException(String name) {
    super("database " + name + " was deleted");
  }
}
