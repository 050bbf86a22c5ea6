package org.skerry.exchange.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked of a partner about which record, until a message of it is kept. One thread at a
 * time.
 */
public final class Notes {
  /** Of one record; the last ones say most. */
  private static final int MOST = 8;

  private final Map<RecordId, List<Noted>> kept = new HashMap<>();
  private Optional<RecordId> about = Optional.empty();

  /** From now on it is about that record. */
  public void about(RecordId id) {
    about = Optional.of(id);
  }

  /** From now on it is about none. */
  public void aboutNone() {
    about = Optional.empty();
  }

  /** The record that it is about. */
  Optional<RecordId> subject() {
    return about;
  }

  void add(Noted noted) {
    about.ifPresent(id -> add(id, noted));
  }

  /** Notes what was asked about a record. */
  public void add(RecordId id, Noted noted) {
    List<Noted> list = kept.computeIfAbsent(id, key -> new ArrayList<>());
    if (list.size() == MOST) {
      list.remove(0);
    }
    list.add(noted);
  }

  /** What was noted about a record; it is forgotten here. */
  public List<Noted> take(RecordId id) {
    List<Noted> list = kept.remove(id);
    return list == null ? List.of() : list;
  }

  /** Forgets everything. */
  public void clear() {
    kept.clear();
    about = Optional.empty();
  }
}
