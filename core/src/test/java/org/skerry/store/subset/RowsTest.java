package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;
import org.skerry.testing.Seeded;

/** Rows of feeds, logged and filed as turns come, beside a model that knows neither. */
@ExtendWith(Seeded.class)
class RowsTest {
  private static final int FEEDS = 3;
  private static final int TURNS = 120;

  private final OrderedSpace records = new MemoryOrderedStore().open("subsets");
  private final List<NavigableMap<Long, byte[]>> model = new ArrayList<>();
  private RecordsDraft draft = new RecordsDraft(records, new KnownAudiences(7));
  private long seq;

  RowsTest() {
    for (int feed = 0; feed < FEEDS; feed++) {
      model.add(new TreeMap<>());
    }
  }

  /** Feeds get rows, lose some, and some change where they stand. */
  private void turn(SplittableRandom random) {
    // Some write a record for each few rows.
    TurnRows rows =
        random.nextBoolean() ? new TurnRows(draft) : new TurnRows(draft, random.nextInt(24));
    for (int left = random.nextInt(6); left >= 0; left--) {
      int feed = random.nextInt(FEEDS);
      NavigableMap<Long, byte[]> known = model.get(feed);
      int what = random.nextInt(4);
      if (what < 2 || known.isEmpty()) {
        put(rows, feed, ++seq, random);
      } else {
        Long one = known.keySet().stream().skip(random.nextInt(known.size())).iterator().next();
        if (what == 2) {
          put(rows, feed, one, random);
        } else {
          rows.delete(feed, one);
          known.remove(one);
        }
      }
    }
    rows.put();
  }

  private void put(TurnRows rows, int feed, long at, SplittableRandom random) {
    byte[] row = {2, (byte) random.nextInt(256), 'd'};
    rows.put(feed, at, row);
    model.get(feed).put(at, row);
  }

  private void restart() {
    draft = new RecordsDraft(records, new KnownAudiences(7));
    try (OrderedView view = records.view()) {
      draft.known().load(view, seq);
    }
  }

  private static NavigableMap<Long, byte[]> rest(FeedRows rows, boolean descending) {
    NavigableMap<Long, byte[]> read = new TreeMap<>();
    try (rows) {
      RowPage.Row row = rows.current();
      while (row != null) {
        if (!read.isEmpty()) {
          assertThat(row.seq() < (descending ? read.firstKey() : read.lastKey()))
              .as("in order")
              .isEqualTo(descending);
        }
        read.put(row.seq(), row.value());
        rows.advance();
        row = rows.current();
      }
    }
    return read;
  }

  private static void same(NavigableMap<Long, byte[]> read, NavigableMap<Long, byte[]> expected) {
    assertThat(read.keySet()).isEqualTo(expected.keySet());
    expected.forEach((at, row) -> assertThat(read.get(at)).isEqualTo(row));
  }

  @RepeatedTest(5)
  void whatIsReadIsWhatWasWritten(SplittableRandom random) {
    for (int turn = 0; turn < TURNS; turn++) {
      turn(random);
      if (random.nextInt(10) == 0) {
        restart();
      }
      RecentRows.Moment moment = draft.known().rows().moment();
      try (OrderedView view = records.view()) {
        Feeds feeds = new Feeds(moment, view);
        for (int feed = 0; feed < FEEDS; feed++) {
          NavigableMap<Long, byte[]> all = model.get(feed);
          long from = random.nextLong(seq + 2);
          long to = from + random.nextLong(seq + 2);
          same(rest(feeds.from(feed, from), false), all.tailMap(from, true));
          same(rest(feeds.back(feed, from, to), true), all.subMap(from, true, to, true));
          assertThat(feeds.last(feed)).isEqualTo(all.isEmpty() ? 0 : all.lastKey());
        }
      }
    }
  }

  @RepeatedTest(5)
  void nobodySkipsWhatIsWrittenWhileHeBegins(SplittableRandom random) {
    for (int turn = 0; turn < TURNS; turn++) {
      turn(random);
      RecentRows.Moment moment = draft.known().rows().moment();
      List<NavigableMap<Long, byte[]>> then = new ArrayList<>();
      model.forEach(rows -> then.add(new TreeMap<>(rows)));
      long end = seq;
      for (int more = random.nextInt(4); more > 0; more--) {
        turn(random);
      }
      try (OrderedView view = records.view()) {
        for (int feed = 0; feed < FEEDS; feed++) {
          NavigableMap<Long, byte[]> read = rest(new Feeds(moment, view).from(feed, 0), false);
          assertThat(then.get(feed).keySet()).as("nothing from later").containsAll(read.keySet());
          assertThat(read.keySet())
              .as("all that stands as it stood")
              .containsAll(model.get(feed).headMap(end, true).keySet());
        }
      }
    }
  }

  /** A document that stays and leaves in one turn is told of once, by what was said last. */
  @Test
  void ofOnePlaceATurnsLastWordCounts() {
    TurnRows first = new TurnRows(draft);
    first.put(1, 1, member("a"));
    first.put(1, 2, member("b"));
    first.put();
    TurnRows second = new TurnRows(draft);
    second.delete(1, 1);
    second.put(1, 1, member("c"));
    second.put(1, 3, member("d"));
    second.delete(1, 3);
    second.put(1, 2, member("e"));
    second.delete(1, 2);
    second.put();
    for (int time = 0; time < 2; time++) {
      try (OrderedView view = records.view()) {
        Feeds feeds = new Feeds(draft.known().rows().moment(), view);
        NavigableMap<Long, byte[]> read = rest(feeds.from(1, 0), false);
        assertThat(read.keySet()).containsExactly(1L);
        assertThat(read.get(1L)).isEqualTo(member("c"));
      }
      seq = 3;
      restart();
    }
  }

  @Test
  void aTurnOfManyRowsPutsSeveralRecordsAndIsReadAndFiledAsOne() {
    TurnRows rows = new TurnRows(draft, 20);
    for (int feed = 1; feed <= 2; feed++) {
      for (int i = 1; i <= 6; i++) {
        rows.put(feed, i, member("d" + i));
      }
      rows.delete(feed, 3);
      rows.put(feed, 4, member("again"));
    }
    rows.put();
    seq = 6;
    for (int time = 0; time < 2; time++) {
      assertThat(draft.known().rows().turns()).as("records").hasSizeGreaterThan(2);
      assertThat(draft.known().rows().count()).as("rows").isEqualTo(16);
      for (int feed = 1; feed <= 2; feed++) {
        hasAllButTheThird(feed);
      }
      restart();
    }
    logs(draft);
    assertThat(draft.known().rows().turns()).as("those of the turn that filed").hasSize(1);
    restart();
    assertThat(draft.known().rows().turns()).as("the others are gone").hasSize(1);
    hasAllButTheThird(2);
  }

  private void hasAllButTheThird(int feed) {
    try (OrderedView view = records.view()) {
      Feeds feeds = new Feeds(draft.known().rows().moment(), view);
      NavigableMap<Long, byte[]> read = rest(feeds.from(feed, 0), false);
      assertThat(read.keySet()).containsExactly(1L, 2L, 4L, 5L, 6L);
      assertThat(read.get(4L)).isEqualTo(member("again"));
    }
  }

  @Test
  void ofTurnsThatAreWrittenTogetherOneFilesForAll() {
    for (int i = 0; i < 7; i++) {
      logs(draft);
    }
    List<Runnable> later = new ArrayList<>();
    RecordsDraft group = new RecordsDraft(records, draft.known(), later::add);
    logs(group);
    logs(group);
    later.forEach(Runnable::run);
    logs(draft);
    try (OrderedView view = records.view()) {
      Feeds feeds = new Feeds(draft.known().rows().moment(), view);
      assertThat(rest(feeds.from(1, 0), false)).hasSize(10);
    }
    restart();
    try (OrderedView view = records.view()) {
      Feeds feeds = new Feeds(draft.known().rows().moment(), view);
      assertThat(rest(feeds.from(1, 0), false)).hasSize(10);
    }
  }

  @Test
  void whoForgetsAllHoldsNoRows() {
    logs(draft);
    draft.known().forgetAll();
    assertThat(draft.known().rows().moment().feeds()).isEmpty();
    assertThat(draft.known().rows().count()).isZero();
    assertThat(draft.known().rows().turns()).isEmpty();
  }

  private void logs(SubsetDraft turn) {
    TurnRows rows = new TurnRows(turn);
    rows.put(1, ++seq, member("d" + seq));
    rows.put();
  }

  private static byte[] member(String id) {
    return SubsetRow.encode(DocId.of(id), false, 7, List.of());
  }

  /** Members are read once, and nobody goes on behind them. */
  @Test
  void whoIsWrittenWhileMembersAreReadIsAmongThem() {
    TurnRows first = new TurnRows(draft);
    first.put(1, 1, member("a"));
    first.put(1, 2, member("b"));
    first.put();
    RecentRows.Moment moment = draft.known().rows().moment();
    List<String> ids = new ArrayList<>();
    try (OrderedView view = records.view()) {
      TurnRows later = new TurnRows(draft);
      later.delete(1, 1);
      later.put(1, 3, member("a"));
      later.put();
      Members.visit(new Feeds(moment, view), 1, DocRange.ALL, id -> ids.add(id.text()));
    }
    assertThat(ids).containsExactly("a", "b");
  }
}
