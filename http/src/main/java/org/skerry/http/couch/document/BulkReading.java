package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skerry.database.Database;
import org.skerry.http.couch.LargeReads;
import org.skerry.revision.RevId;
import org.skerry.store.DamagedRecordException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of one {@code _bulk_get}, portion by portion. One thread. */
final class BulkReading {
  private static final Logger LOG = LoggerFactory.getLogger(BulkReading.class);

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

  /** What is damaged is said in its place, and keeps no other back. */
  private List<BulkRow> whole(List<BulkRequest> some) {
    try {
      return BulkRow.read(database.store(), some, options);
    } catch (DamagedRecordException e) {
      return some.size() == 1
          ? List.of(damaged(some.getFirst(), e))
          : some.stream().flatMap(one -> whole(List.of(one)).stream()).toList();
    }
  }

  private BulkRow damaged(BulkRequest request, DamagedRecordException e) {
    return switch (request) {
      case BulkRequest.Invalid invalid ->
          new BulkRow.Refused(invalid.id(), invalid.rev(), invalid.error(), invalid.reason());
      case BulkRequest.Valid valid -> {
        LOG.warn("document {} of {}: {}", valid.id(), database.name(), e.getMessage());
        yield new BulkRow.Refused(
            Optional.of(valid.id().text()),
            valid.rev().map(RevId::toString),
            "damaged",
            String.valueOf(e.getMessage()));
      }
    };
  }

  private List<BulkRow> rows(List<BulkRequest> some) {
    List<BulkRow> rows = whole(some);
    portion = portion.after(some.size(), rows.stream().mapToLong(BulkRow::bytes).sum());
    return rows;
  }
}
