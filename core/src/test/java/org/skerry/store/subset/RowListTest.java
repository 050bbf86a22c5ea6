package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

/** Lists of rows that follow one another, beside maps. */
@ExtendWith(Seeded.class)
class RowListTest {
  private static final int PLACES = 400;

  /** A list as it was once, and what stood in it. */
  private record Known(RowList list, NavigableMap<Long, byte[]> rows) {
    void check(long least, long most) {
      List<byte[]> expected = new ArrayList<>(rows.subMap(least, true, most, true).values());
      assertThat(values(list.rows(least, most, false))).isEqualTo(expected);
      assertThat(values(list.rows(least, most, true))).isEqualTo(expected.reversed());
    }

    private static List<byte[]> values(Iterator<RowPage.Row> rows) {
      List<byte[]> values = new ArrayList<>();
      rows.forEachRemaining(row -> values.add(row.value()));
      return values;
    }
  }

  private static Known next(Known before, SplittableRandom random) {
    NavigableMap<Long, byte[]> rows = new TreeMap<>(before.rows());
    RowList.Changing list = before.list().change();
    for (int i = random.nextInt(random.nextInt(4) == 0 ? 200 : 4); i > 0; i--) {
      long anywhere = random.nextLong(PLACES);
      if (random.nextInt(4) == 0) {
        rows.remove(anywhere);
        list.remove(anywhere);
      } else {
        boolean behind = random.nextBoolean() && !rows.isEmpty();
        long seq = behind ? rows.lastKey() + 1 : anywhere;
        byte[] value = {(byte) random.nextInt(128)};
        rows.put(seq, value);
        list.put(seq, value);
      }
    }
    return new Known(list.done(), rows);
  }

  @RepeatedTest(20)
  void eachStaysAsItIsWhenOthersFollow(SplittableRandom random) {
    List<Known> all = new ArrayList<>(List.of(new Known(RowList.NONE, new TreeMap<>())));
    for (int step = 0; step < 60; step++) {
      // Mostly the newest is followed, and sometimes one that others followed already.
      int which = random.nextInt(8) == 0 ? random.nextInt(all.size()) : all.size() - 1;
      all.add(next(all.get(which), random));
    }
    for (Known one : all) {
      assertThat(one.list().isEmpty()).isEqualTo(one.rows().isEmpty());
      one.check(0, Long.MAX_VALUE);
      long least = random.nextLong(PLACES);
      one.check(least, least + random.nextLong(PLACES));
    }
  }

  @RepeatedTest(20)
  void whatIsTakenOutOneByOneLeavesNothing(SplittableRandom random) {
    Known all = new Known(RowList.NONE, new TreeMap<>());
    for (int step = 0; step < 10; step++) {
      all = next(all, random);
    }
    RowList.Changing list = all.list().change();
    all.rows().keySet().forEach(list::remove);
    assertThat(list.done().isEmpty()).isTrue();
  }
}
