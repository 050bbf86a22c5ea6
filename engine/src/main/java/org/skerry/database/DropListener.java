package org.skerry.database;

/**
 * Hears that a database was dropped, so that what was derived from it can go, too. A crash in
 * between leaves it behind: whoever keeps derived data also recognises those of another
 * incarnation.
 */
@FunctionalInterface
public interface DropListener {
  /**
   * Called when the database is gone, on the thread that dropped it. What it throws is logged.
   *
   * @param incarnation which life of that name ended; another may have begun
   */
  void dropped(String name, String incarnation);
}
