package org.skerry.conflict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of open conflicts.
 *
 * @param total how many there are
 * @param matching how many of them pass the filters
 * @param kinds how many there are of each kind
 * @param bookmark where the next page begins; nothing when this is the last
 * @param complete whether it shows all changes until now; otherwise they are being looked at
 */
public record ConflictPage(
    long total,
    long matching,
    Map<String, Long> kinds,
    List<ConflictRow> rows,
    Optional<byte[]> bookmark,
    boolean complete) {
  public ConflictPage {
    rows = List.copyOf(rows);
  }

  static ConflictPage read(
      ConflictIndex index, ConflictQuery query, Instant now, boolean complete) {
    Map<String, Long> kinds = index.kinds();
    long total = kinds.values().stream().mapToLong(Long::longValue).sum();
    Reading reading = new Reading(query, now);
    index.visit(IndexKeys.OPEN, query.behind(), query.descending(), reading::take);
    long matching =
        query.isWide()
            ? total
            : query.isOfKind()
                ? kinds.getOrDefault(query.kind().orElseThrow(), 0L)
                : count(index, query, now);
    return new ConflictPage(total, matching, kinds, reading.rows, reading.bookmark(), complete);
  }

  private static long count(ConflictIndex index, ConflictQuery query, Instant now) {
    Reading filter = new Reading(query, now);
    long[] matching = {0};
    index.visit(
        IndexKeys.OPEN,
        Optional.empty(),
        false,
        (key, row) -> {
          matching[0] += filter.passes(key, row) ? 1 : 0;
          return true;
        });
    return matching[0];
  }

  private static final class Reading {
    private final ConflictQuery query;
    private final Instant now;
    private final List<ConflictRow> rows = new ArrayList<>();
    private Optional<byte[]> last = Optional.empty();
    private int skipped;
    private boolean more;

    Reading(ConflictQuery query, Instant now) {
      this.query = query;
      this.now = now;
    }

    /** Takes rows until one stands behind the page. */
    boolean take(byte[] key, byte[] row) {
      if (!passes(key, row)) {
        return true;
      }
      if (skipped < query.skip()) {
        skipped++;
        return true;
      }
      if (rows.size() == query.limit()) {
        more = true;
        return false;
      }
      rows.add(decode(key, row));
      last = Optional.of(key);
      return true;
    }

    Optional<byte[]> bookmark() {
      return more ? last : Optional.empty();
    }

    boolean passes(byte[] key, byte[] row) {
      Instant since = IndexKeys.timeIn(key);
      boolean aged =
          query.minAge().map(age -> !since.isAfter(now.minus(age))).orElse(true)
              && query.maxAge().map(age -> !since.isBefore(now.minus(age))).orElse(true);
      return aged
          && query.kind().map(ConflictRow.kind(row)::equals).orElse(true)
          && query.state().map(state -> state == ConflictRow.state(row)).orElse(true)
          && query.pattern().map(wanted -> wanted.equals(decode(key, row).pattern())).orElse(true);
    }

    private static ConflictRow decode(byte[] key, byte[] row) {
      return ConflictRow.decode(IndexKeys.openId(key), IndexKeys.timeIn(key), row);
    }
  }
}
