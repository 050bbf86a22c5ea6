package org.skerry.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ViewReadingTest extends IndexCase {
  @Test
  void rangesAreNamedByKeysAndIds() {
    for (String id : new String[] {"a", "b", "c"}) {
      write(id, "{\"keys\":[1,2,3],\"value\":0}");
    }
    Index index = index();
    index.catchUp();
    Optional<JsonNode> two = Optional.of(json("2"));
    Optional<String> b = Optional.of("b");
    Optional<JsonNode> none = Optional.empty();
    Optional<String> nobody = Optional.empty();
    try (IndexReading reading = index.read()) {
      ViewReading view = reading.view(0);
      record Case(RowRange range, String rows, long before) {}
      for (Case one :
          new Case[] {
            new Case(RowRange.ofKey(json("2")), "2a 2b 2c", 3),
            new Case(new RowRange(two, b, none, nobody, true, false), "2b 2c 3a 3b 3c", 4),
            new Case(new RowRange(none, b, two, b, true, false), "1a 1b 1c 2a 2b", 0),
            new Case(new RowRange(none, nobody, two, b, false, false), "1a 1b 1c 2a", 0),
            new Case(new RowRange(none, nobody, two, nobody, false, false), "1a 1b 1c", 0),
            new Case(new RowRange(two, b, none, nobody, true, true), "2b 2a 1c 1b 1a", 4),
            new Case(new RowRange(none, nobody, two, b, true, true), "3c 3b 3a 2c 2b", 0),
            new Case(new RowRange(none, nobody, two, b, false, true), "3c 3b 3a 2c", 0),
            new Case(new RowRange(none, nobody, two, nobody, false, true), "3c 3b 3a", 0),
            new Case(new RowRange(two, nobody, two, nobody, true, true), "2c 2b 2a", 3),
            new Case(new RowRange(two, nobody, two, nobody, false, false), "", 3),
            new Case(new RowRange(Optional.of(json("9")), nobody, none, nobody, true, false), "", 9)
          }) {
        List<String> found = new ArrayList<>();
        view.rows(
            one.range,
            0,
            row -> found.add(new String(row.key(), StandardCharsets.UTF_8) + row.id()));
        assertThat(String.join(" ", found)).as("%s", one.range).isEqualTo(one.rows);
        assertThat(view.before(one.range)).as("%s", one.range).isEqualTo(one.before);
        assertThat(view.count(one.range)).isEqualTo(found.size());
        if (found.size() > 1) {
          assertThat(rows(reading, 0, one.range, 1)).hasSize(found.size() - 1);
        }
      }
    }
  }

  @Test
  void groupsAreReducedInBothDirections() {
    write("a", "{\"keys\":[[\"x\",1],[\"x\",2],[\"y\"],\"z\"],\"value\":1}");
    write("b", "{\"keys\":[[\"x\",2],[\"x\",2,0],[\"X\",0]],\"value\":10}");
    Index index = index();
    index.catchUp();
    assertThat(groups(index, 1, false))
        .containsExactly("\"z\"=1", "[\"x\",1]=22", "[\"X\",0]=10", "[\"y\"]=1");
    assertThat(groups(index, 1, true))
        .containsExactly("[\"y\"]=1", "[\"X\",0]=10", "[\"x\",2,0]=22", "\"z\"=1");
    assertThat(groups(index, 2, false))
        .containsExactly("\"z\"=1", "[\"x\",1]=1", "[\"x\",2]=21", "[\"X\",0]=10", "[\"y\"]=1");
    assertThat(groups(index, Integer.MAX_VALUE, false)).hasSize(6);
  }

  /** Groups of one row and of many leaves, in ranges that cut them. */
  @RepeatedTest(3)
  void groupsAreWhatTheirRowsMake(SplittableRandom random) {
    for (int i = 0; i < 400; i++) {
      StringBuilder keys = new StringBuilder("0");
      for (int k = 0; k < 10; k++) {
        int first = Math.min(random.nextInt(12), random.nextInt(40));
        keys.append(",[%d,\"%c\",%d]".formatted(first, 'a' + random.nextInt(5), random.nextInt(9)));
      }
      write("doc-" + i, "{\"keys\":[" + keys + "],\"value\":" + random.nextInt(100) + "}");
    }
    Index index = index();
    index.catchUp();
    for (int i = 0; i < 40; i++) {
      Optional<JsonNode> low = Optional.of(json("[%d,\"b\"]".formatted(random.nextInt(12))));
      Optional<JsonNode> high = Optional.of(json("[%d,\"d\",4]".formatted(random.nextInt(40))));
      boolean descending = random.nextBoolean();
      RowRange range =
          switch (random.nextInt(4)) {
            case 0 -> RowRange.ALL.inDirection(descending);
            case 1 -> RowRange.between(low, Optional.empty(), true).inDirection(descending);
            default -> {
              Optional<JsonNode> start = descending ? high : low;
              Optional<JsonNode> end = descending ? low : high;
              yield RowRange.between(start, end, true).inDirection(descending);
            }
          };
      int level = 1 + random.nextInt(3);
      int skip = random.nextInt(3);
      assertThat(groups(index, range, level, skip))
          .as("%s by %d", range, level)
          .isEqualTo(naive(index, range, level).stream().skip(skip).toList());
    }
  }

  private static List<String> naive(Index index, RowRange range, int level) {
    Map<String, Long> sums = new LinkedHashMap<>();
    Map<String, String> first = new LinkedHashMap<>();
    try (IndexReading reading = index.read()) {
      reading
          .view(0)
          .rows(
              range,
              0,
              row -> {
                String key = new String(row.key(), StandardCharsets.UTF_8);
                JsonNode elements = json(key);
                String group =
                    elements.isArray()
                        ? List.copyOf(elements.values()).subList(0, level).toString()
                        : key;
                first.putIfAbsent(group, key);
                sums.merge(group, TreeModel.number(row.value()), Long::sum);
                return true;
              });
    }
    return first.entrySet().stream()
        .map(group -> group.getValue() + "=" + sums.get(group.getKey()))
        .toList();
  }

  private static List<String> groups(Index index, int level, boolean descending) {
    return groups(index, RowRange.ALL.inDirection(descending), level, 0);
  }

  private static List<String> groups(Index index, RowRange range, int level, int skip) {
    List<String> groups = new ArrayList<>();
    try (IndexReading reading = index.read()) {
      reading
          .view(0)
          .groups(
              range,
              level,
              0,
              skip,
              (first, reduced) ->
                  groups.add(
                      new String(first.key(), StandardCharsets.UTF_8)
                          + "="
                          + new String(
                              ((Reduction.Reduced.Value) reduced).json(), StandardCharsets.UTF_8)));
    }
    return groups;
  }
}
