package org.skerry.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A node's guards: those of one database, which are asked first, and those of all. Any thread may
 * call; writes see guards that were registered before they began.
 */
final class WriteGuards {
  private final Map<String, List<WriteGuard>> ofOne = new ConcurrentHashMap<>();
  private final List<WriteGuard> ofAll = new CopyOnWriteArrayList<>();

  void add(String database, WriteGuard guard) {
    ofOne.computeIfAbsent(database, unknown -> new CopyOnWriteArrayList<>()).add(guard);
  }

  void add(WriteGuard guard) {
    ofAll.add(guard);
  }

  /**
   * The guards that want to see what is written into a database now.
   *
   * @param designs whether there are design documents among it
   */
  List<WriteGuard> watching(Database database, boolean designs) {
    List<WriteGuard> watching = List.of();
    watching = with(watching, ofOne.getOrDefault(database.name(), List.of()), database, designs);
    return with(watching, ofAll, database, designs);
  }

  /** Makes no list as long as there is nothing to put into it. */
  private static List<WriteGuard> with(
      List<WriteGuard> found, List<WriteGuard> candidates, Database database, boolean designs) {
    List<WriteGuard> watching = found;
    for (WriteGuard guard : candidates) {
      if (guard.watches(database) || designs && guard.watchesDesigns(database)) {
        watching = watching.isEmpty() ? new ArrayList<>(2) : watching;
        watching.add(guard);
      }
    }
    return watching;
  }
}
