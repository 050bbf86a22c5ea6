package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.skerry.database.Database;
import org.skerry.http.couch.LargeReads;

/** The rows of one {@code _bulk_get}, portion by portion. One thread. */
final class BulkReading {
  private final LargeReads turns;
  private final String party;
  private final Database database;
  private final List<BulkRequest> requests;
  private final ReadOptions options;
  private Portion portion = Portion.FIRST;
  private int at;

  BulkReading(
      LargeReads turns,
      String party,
      Database database,
      List<BulkRequest> requests,
      ReadOptions options) {
    this.turns = turns;
    this.party = party;
    this.database = database;
    this.requests = requests;
    this.options = options;
  }

  boolean hasMore() {
    return at < requests.size();
  }

  /**
   * Reads the next portion.
   *
   * @param use what becomes of it within the same turn: nothing is sent there
   */
  <T> T read(Function<List<BulkRow>, T> use) throws IOException {
    List<BulkRequest> some =
        requests.subList(at, Math.min(requests.size(), at + portion.documents()));
    at += some.size();
    database.countReads(some.size());
    if (requests.size() <= Portion.SMALL) {
      return use.apply(rows(some));
    }
    try (var _ = turns.turn(party)) {
      return use.apply(rows(some));
    }
  }

  private List<BulkRow> rows(List<BulkRequest> some) {
    List<BulkRow> rows = BulkRow.read(database.store(), some, options);
    portion = portion.after(some.size(), rows.stream().mapToLong(BulkRow::bytes).sum());
    return rows;
  }
}
