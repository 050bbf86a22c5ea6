package org.skerry.postgres.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.mapping.Via;
import org.skerry.store.ChangeRange;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/** A database's documents as rows are to show them: their winners. Any thread. */
final class Winners {
  /** Bodies of one transaction; a document of the largest size still fits behind that. */
  private static final long LARGE = 32L << 20;

  private final Database database;
  private final Mapping mapping;

  Winners(Database database, Mapping mapping) {
    this.database = database;
    this.mapping = mapping;
  }

  /**
   * What changed behind a position.
   *
   * @param revs the winners' names by documents
   * @param passed how many changes were looked at
   */
  record Page(Map<String, String> revs, Seq reached, int passed) {}

  /** The next documents of pulled tables, no more of any table than its mapping has in a batch. */
  Page changed(Seq since, int most) {
    Map<String, String> revs = new HashMap<>();
    Map<Table, Integer> counts = new HashMap<>();
    int[] passed = {0};
    Seq reached =
        database
            .store()
            .changes(
                ChangeRange.after(since, most),
                Fields.LEAVES,
                document -> {
                  passed[0]++;
                  return mapping
                      .table(document.id())
                      .filter(table -> table.mode().pulls())
                      .map(
                          table -> {
                            revs.put(document.id().text(), document.winner().rev().toString());
                            return counts.merge(table, 1, Integer::sum) < table.batch();
                          })
                      .orElse(true);
                });
    return new Page(revs, reached, passed[0]);
  }

  /**
   * Documents as they are now.
   *
   * @param documents rows of pulled tables
   * @param rest which were not read: what was read is large enough for one transaction
   */
  record Loaded(List<Showing> documents, List<String> rest) {}

  /** The documents as they are now; those that are not rows of pulled tables are left out. */
  Loaded load(List<String> names) {
    List<Showing> found = new ArrayList<>();
    Set<String> rest = new LinkedHashSet<>(names);
    long[] bytes = {0};
    boolean[] full = {false};
    database
        .store()
        .load(
            names.stream().map(DocId::of).toList(),
            Fields.WINNER,
            document -> {
              mapping
                  .table(document.id())
                  .filter(table -> table.mode().pulls())
                  .ifPresent(table -> found.add(showing(table, document)));
              rest.remove(document.id().text());
              bytes[0] += document.revisions().getFirst().body().json().length;
              full[0] = bytes[0] > LARGE;
              return !full[0];
            });
    return new Loaded(found, full[0] ? List.copyOf(rest) : List.of());
  }

  /** Whether a document's row is not written by SQL. */
  boolean isForDoor(String name) {
    return mapping
        .table(DocId.of(name))
        .filter(table -> table.via() instanceof Via.Rpc)
        .isPresent();
  }

  /** Documents of tables that others refer to first, then by their ids. */
  List<String> sorted(Collection<String> names, Order order) {
    return names.stream()
        .sorted(
            Comparator.<String>comparingInt(
                    name -> mapping.table(DocId.of(name)).map(order::place).orElse(0))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static Showing showing(Table table, StoredDocument document) {
    return new Showing(
        table,
        document.id().text(),
        document.winner().rev(),
        document.deleted(),
        document.revisions().getFirst().body());
  }
}
