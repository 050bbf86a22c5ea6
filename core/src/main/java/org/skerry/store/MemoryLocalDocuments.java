package org.skerry.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.skerry.document.Body;
import org.skerry.document.DocId;

/** Local documents in memory; the map makes each document's change atomic. */
final class MemoryLocalDocuments implements LocalDocuments {
  private final MemoryLife life;
  private final ConcurrentSkipListMap<DocId, LocalDocument> documents =
      new ConcurrentSkipListMap<>();

  MemoryLocalDocuments(MemoryLife life) {
    this.life = life;
  }

  @Override
  public Optional<LocalDocument> get(DocId id) {
    life.check();
    return Optional.ofNullable(documents.get(id));
  }

  @Override
  public List<Optional<Long>> write(List<LocalWrite> writes) {
    return writes.stream().map(this::write).toList();
  }

  private Optional<Long> write(LocalWrite write) {
    return switch (write) {
      case Put(DocId id, long seen, Body body) -> replace(id, seen, body);
      case Removal(DocId id, long seen) -> withdraw(id, seen) ? Optional.of(0L) : Optional.empty();
    };
  }

  private Optional<Long> replace(DocId id, long seen, Body body) {
    life.check();
    LocalDocument next = new LocalDocument(id, seen + 1, body);
    if (seen == 0) {
      return documents.putIfAbsent(id, next) == null
          ? Optional.of(next.version())
          : Optional.empty();
    }
    AtomicReference<Optional<Long>> written = new AtomicReference<>(Optional.empty());
    documents.computeIfPresent(
        id,
        (key, current) -> {
          boolean unchanged = current.version() == seen;
          written.set(unchanged ? Optional.of(next.version()) : Optional.empty());
          return unchanged ? next : current;
        });
    return written.get();
  }

  private boolean withdraw(DocId id, long seen) {
    life.check();
    LocalDocument current = documents.get(id);
    return current != null && current.version() == seen && documents.remove(id, current);
  }

  @Override
  public List<LocalDocument> list(Optional<DocId> after, int limit) {
    life.check();
    return after.map(id -> documents.tailMap(id, false)).orElse(documents).values().stream()
        .limit(limit)
        .toList();
  }
}
