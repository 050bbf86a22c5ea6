package org.skerry.conflict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.store.DocumentStore;

/**
 * A page of settlements.
 *
 * @param bookmark where the next page begins; nothing when this is the last
 */
public record SettlementPage(List<SettlementRow> rows, Optional<byte[]> bookmark) {
  public SettlementPage {
    rows = List.copyOf(rows);
  }

  static SettlementPage read(
      DocumentStore store,
      ConflictIndex index,
      Optional<DocId> of,
      Optional<byte[]> behind,
      int limit,
      boolean descending) {
    return of.map(id -> ofDocument(store, index, id, descending))
        .orElseGet(() -> ofAll(store, index, behind, limit, descending));
  }

  private static SettlementPage ofDocument(
      DocumentStore store, ConflictIndex index, DocId id, boolean descending) {
    Comparator<IndexKeys.Settled> order = Comparator.comparing(IndexKeys.Settled::seen);
    Comparator<IndexKeys.Settled> byName = order.thenComparing(IndexKeys.Settled::into);
    List<IndexKeys.Settled> found =
        index.settlements(id).stream().sorted(descending ? byName.reversed() : byName).toList();
    return new SettlementPage(rows(store, found), Optional.empty());
  }

  private static SettlementPage ofAll(
      DocumentStore store,
      ConflictIndex index,
      Optional<byte[]> behind,
      int limit,
      boolean descending) {
    List<byte[]> keys = new ArrayList<>();
    index.visit(
        IndexKeys.SETTLED,
        behind,
        descending,
        (key, nothing) -> {
          keys.add(key);
          return keys.size() <= limit;
        });
    boolean more = keys.size() > limit;
    List<byte[]> page = more ? keys.subList(0, limit) : keys;
    List<IndexKeys.Settled> found =
        page.stream().flatMap(key -> IndexKeys.settledIn(key).stream()).toList();
    return new SettlementPage(
        rows(store, found), more ? Optional.of(page.getLast()) : Optional.empty());
  }

  private static List<SettlementRow> rows(DocumentStore store, List<IndexKeys.Settled> found) {
    Map<DocId, Optional<Situation>> situations = new HashMap<>();
    return found.stream()
        .flatMap(
            one ->
                situations
                    .computeIfAbsent(
                        one.id(),
                        id ->
                            Situation.crowd(store, id, Situation.READ_BYTES).isEmpty()
                                ? Situation.load(store, id)
                                : Optional.empty())
                    .flatMap(situation -> SettlementRow.of(situation, one.into(), one.seen()))
                    .stream())
        .toList();
  }
}
