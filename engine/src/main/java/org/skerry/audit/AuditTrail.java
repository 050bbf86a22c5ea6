package org.skerry.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Reads a log, while it is written or when its node is down. Holds one file at a time in memory.
 */
public final class AuditTrail {
  private final AuditFiles files;

  /** The log in that folder; empty when there is none. */
  public AuditTrail(Path folder) {
    this.files = new AuditFiles(folder);
  }

  /** A page of events. */
  public List<AuditRecord> read(AuditQuery query) {
    List<AuditRecord> page = new ArrayList<>();
    try {
      for (Path file : inQuestion(query)) {
        List<AuditRecord> events = events(file);
        for (AuditRecord event : query.descending() ? events.reversed() : events) {
          if (page.size() >= query.limit()) {
            return page;
          }
          if (query.wants(event)) {
            page.add(event);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log cannot be read: " + e.getMessage(), e);
    }
    return page;
  }

  private Collection<Path> inQuestion(AuditQuery query) throws IOException {
    NavigableMap<Long, Path> all = files.list();
    Optional<Long> after = query.after();
    if (query.descending()) {
      return after.map(last -> all.headMap(last, false)).orElse(all).descendingMap().values();
    }
    return after.map(all::floorKey).map(first -> all.tailMap(first, true)).orElse(all).values();
  }

  private static List<AuditRecord> events(Path file) throws IOException {
    try {
      return AuditFiles.read(file);
    } catch (NoSuchFileException e) {
      return List.of(); // cut off while we read
    }
  }
}
