package org.skerry.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.collation.CollatedKeys;
import org.skerry.collation.JsonOrder;
import org.skerry.collation.ValueReader;
import org.skerry.document.DocId;
import org.skerry.index.Reduction;
import org.skerry.index.Row;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class BuiltInTest {
  private record TestRow(DocId id, byte[] collatedKey, byte[] key, byte[] value) implements Row {}

  private static Row row(String key, String value) {
    byte[] json = key.getBytes(StandardCharsets.UTF_8);
    return new TestRow(
        DocId.of("x"),
        new CollatedKeys(JsonOrder.UNICODE).of(ValueReader.read(json)),
        json,
        value.getBytes(StandardCharsets.UTF_8));
  }

  private static Reduction of(String name) {
    return BuiltIn.of(name).orElseThrow();
  }

  private static String shown(Reduction reduction, byte[] state) {
    return switch (reduction.result(state)) {
      case Reduction.Reduced.Value(byte[] json) -> new String(json, StandardCharsets.UTF_8);
      case Reduction.Reduced.Failed(String error, String reason) -> error + ": " + reason;
    };
  }

  private static String reduced(String name, String... values) {
    Reduction reduction = of(name);
    List<Row> rows = new ArrayList<>();
    for (String value : values) {
      rows.add(row(String.valueOf(rows.size()), value));
    }
    String whole = shown(reduction, reduction.reduce(rows));
    for (int cut = 1; cut < rows.size(); cut++) {
      byte[] left = reduction.reduce(rows.subList(0, cut));
      byte[] right = reduction.reduce(rows.subList(cut, rows.size()));
      assertThat(shown(reduction, reduction.rereduce(List.of(left, right))))
          .as("%s cut at %d", name, cut)
          .isEqualTo(whole);
    }
    return whole;
  }

  @Test
  void namesMayHaveMoreBehindThem() {
    for (String name : new String[] {"_sum", "_count", "_stats", "_sum of it", "_top_1", "_last"}) {
      assertThat(BuiltIn.of(name)).as(name).isPresent();
    }
    for (String name : new String[] {"_top_0", "_top_101", "_top_x", "_median", "_"}) {
      assertThat(BuiltIn.of(name)).as(name).isEmpty();
    }
  }

  @Test
  void sumsAreExact() {
    assertThat(reduced("_sum", "1", "2", "3.5")).isEqualTo("6.5");
    assertThat(reduced("_sum", "0.1", "0.2", "0.7")).isEqualTo("1");
    assertThat(reduced("_sum", "9223372036854775807", "1")).isEqualTo("9223372036854775808");
    assertThat(reduced("_sum", "-5", "5")).isEqualTo("0");
  }

  @Test
  void arraysAreSummedPlaceByPlace() {
    assertThat(reduced("_sum", "[1,2,3]", "[10]", "100")).isEqualTo("[111,2,3]");
    assertThat(reduced("_sum", "5", "[1,2]")).isEqualTo("[6,2]");
  }

  @Test
  void objectsAreSummedMemberByMember() {
    assertThat(reduced("_sum", "{\"b\":1,\"a\":{\"x\":[1]}}", "{\"a\":{\"x\":[2,3]},\"c\":4}"))
        .isEqualTo("{\"a\":{\"x\":[3,3]},\"b\":1,\"c\":4}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"text\"", "null", "true", "[\"text\"]", "{\"a\":1}", "1e999"})
  void whatCannotBeSummedIsAnErrorInItsPlace(String bad) {
    Reduction sum = of("_sum");
    byte[] state = sum.reduce(List.of(row("1", "1"), row("2", bad)));
    assertThat(shown(sum, state)).startsWith("{\"error\":\"builtin_reduce_error\",\"reason\":\"");
    assertThat(shown(sum, sum.rereduce(List.of(sum.reduce(List.of(row("0", "7"))), state))))
        .as("and stays there")
        .isEqualTo(shown(sum, state));
  }

  @Test
  void theErrorNamesItsCause() {
    assertThat(reduced("_sum", "\"text\""))
        .contains("The _sum function requires that map values be numbers")
        .endsWith("\"caused_by\":\"text\"}");
  }

  @Test
  void aSumThatGrowsIsRefused() {
    Reduction sum = of("_sum");
    List<Row> rows =
        IntStream.range(0, 2_000).mapToObj(i -> row("1", "{\"key-" + i + "\":1}")).toList();
    assertThat(shown(sum, sum.reduce(rows))).contains("Reduce output must shrink more rapidly");
  }

  @Test
  void countsRows() {
    assertThat(reduced("_count", "1", "\"x\"", "null")).isEqualTo("3");
  }

  @Test
  void statisticsOfNumbersAndArrays() {
    assertThat(reduced("_stats", "1", "2.5", "-3"))
        .isEqualTo("{\"sum\":0.5,\"count\":3,\"min\":-3,\"max\":2.5,\"sumsqr\":16.25}");
    assertThat(reduced("_stats", "[1,10]", "[3,20]"))
        .isEqualTo(
            "[{\"sum\":4,\"count\":2,\"min\":1,\"max\":3,\"sumsqr\":10},"
                + "{\"sum\":30,\"count\":2,\"min\":10,\"max\":20,\"sumsqr\":500}]");
  }

  @Test
  void statisticsMayComeReadyMade() {
    assertThat(
            reduced(
                "_stats",
                "4",
                "{\"sum\":6,\"count\":3,\"min\":1,\"max\":3,\"sumsqr\":14,\"more\":true}"))
        .isEqualTo("{\"sum\":10,\"count\":4,\"min\":1,\"max\":4,\"sumsqr\":30}");
    assertThat(reduced("_stats", "{\"sum\":6,\"count\":3}")).contains("missing required field min");
    assertThat(reduced("_stats", "{\"sum\":\"6\"}")).contains("non-numeric _stats input");
  }

  @Test
  void whatHasNoStatisticsFailsAsAWhole() {
    assertThat(reduced("_stats", "1", "\"text\"", "2"))
        .isEqualTo(
            "invalid_value: The _stats function requires that map values be numbers or arrays of"
                + " numbers, not '\"text\"'");
    assertThat(reduced("_stats", "[1]", "[1,2]")).startsWith("invalid_value");
  }

  @Test
  void ranksValuesEachOnce() {
    assertThat(reduced("_top_2", "3", "1", "3.0", "2", "\"z\"")).isEqualTo("[\"z\",3]");
    assertThat(reduced("_bottom_3", "3", "1", "1", "2", "\"z\"")).isEqualTo("[1,2,3]");
    assertThat(reduced("_top_100", "1", "2")).isEqualTo("[2,1]");
  }

  @Test
  void firstAndLastAreThoseOfTheOrder() {
    assertThat(reduced("_first", "3", "1", "2")).isEqualTo("3");
    assertThat(reduced("_last", "3", "1", "2")).isEqualTo("2");
  }

  @Test
  void distinctKeysAreCountedWithinTheError(SplittableRandom random) {
    Reduction distinct = of("_approx_count_distinct");
    for (int keys : new int[] {1, 10, 300, 5_000, 50_000}) {
      List<byte[]> states = new ArrayList<>();
      List<Row> rows = new ArrayList<>();
      int salt = random.nextInt(1_000_000);
      for (int i = 0; i < keys; i++) {
        rows.add(row("\"key-" + salt + "-" + i + "\"", "1"));
        if (rows.size() == 500 || i + 1 == keys) {
          states.add(distinct.reduce(rows));
          states.add(distinct.reduce(rows.reversed()));
          rows.clear();
        }
      }
      long estimate = Long.parseLong(shown(distinct, distinct.rereduce(states)));
      // Five times the standard error: a seed in a million is further off.
      assertThat((double) estimate).isCloseTo(keys, Percentage.withPercentage(11.5));
    }
  }

  @Test
  void keysThatCollateTogetherAreOne() {
    Reduction distinct = of("_approx_count_distinct");
    byte[] state =
        distinct.reduce(List.of(row("1", "0"), row("1.0", "0"), row("\"a\"", "0"), row("2", "0")));
    assertThat(shown(distinct, state)).isEqualTo("3");
  }
}
