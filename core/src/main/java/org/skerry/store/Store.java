package org.skerry.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node's databases. Any thread may call.
 *
 * <p>Opening one costs nothing that grows with its data. Closing waits for calls that are under
 * way.
 */
public interface Store extends AutoCloseable {
  /** The names of all databases, in the order of their UTF-8 bytes. */
  List<String> names();

  /**
   * Creates a database.
   *
   * @return nothing when one of this name exists
   */
  Optional<DocumentStore> create(String name);

  /** The database of that name. */
  Optional<DocumentStore> find(String name);

  /**
   * Deletes a database with all that is in it.
   *
   * @return whether there was one
   */
  boolean drop(String name);

  /** This node's own settings and identity, such as its server UUID. */
  Properties properties();

  Capabilities capabilities();

  /**
   * Whether it does its work at this moment. While the last write was refused it finds out by
   * writing a record, so that a store which recovered says so before anybody writes.
   */
  StoreHealth health();

  /**
   * What the engine measures of itself, at no cost: bytes and counts by their names, which are the
   * same each time.
   */
  Map<String, Long> figures();

  /**
   * Writes a copy of all databases as of one moment into a folder that does not exist yet, while
   * others read and write. The copy opens as a store.
   *
   * @throws StoreException when the folder exists, or the engine keeps nothing on disk
   */
  void checkpoint(Path folder);

  @Override
  void close();
}
