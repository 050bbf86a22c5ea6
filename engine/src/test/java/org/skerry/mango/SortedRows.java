package org.skerry.mango;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skerry.collation.JsonOrder;
import org.skerry.collation.ValueWriter;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import tools.jackson.databind.JsonNode;

/** Indexes as they are defined: made anew for each reading, by sorting. */
final class SortedRows implements IndexRows {
  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::key, JsonOrder.UNICODE).thenComparing(Row::id);

  /** The indexes that were brought up to date. */
  final Set<MangoIndex.Json> caughtUp = new HashSet<>();

  private record Row(JsonNode key, DocId id) {}

  @Override
  public void catchUp(Database database, MangoIndex.Json index) {
    caughtUp.add(index);
  }

  @Override
  public void read(Database database, MangoIndex.Json index, Part part, RowVisitor visitor) {
    KeyMaker keys = new KeyMaker(index.definition());
    List<Row> rows = new ArrayList<>();
    database
        .store()
        .scan(
            DocRange.ALL,
            Fields.WINNER,
            document -> {
              if (!document.deleted() && !document.id().isDesign()) {
                keys.key(document).ifPresent(key -> rows.add(new Row(key, document.id())));
              }
              return true;
            });
    Comparator<Row> order = part.descending() ? ORDER.reversed() : ORDER;
    rows.stream()
        .filter(row -> isIn(part.range(), row.key()))
        .filter(
            row ->
                part.after().isEmpty()
                    || order.compare(
                            row, new Row(part.after().get().key(), part.after().get().id()))
                        > 0)
        .sorted(order)
        .takeWhile(row -> visitor.visit(row.id(), new ValueWriter().of(row.key())))
        .forEach(row -> {});
  }

  private static boolean isIn(KeyRange range, JsonNode key) {
    return compare(key, range.from()) >= 0 && compare(key, range.to()) <= 0;
  }

  /** Compares as far as there are elements. */
  private static int compare(JsonNode key, List<JsonNode> elements) {
    for (int i = 0; i < elements.size(); i++) {
      int difference = JsonOrder.UNICODE.compare(key.get(i), elements.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}
