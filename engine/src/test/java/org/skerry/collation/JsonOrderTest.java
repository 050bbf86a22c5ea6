package org.skerry.collation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonOrderTest {
  /** The order of CouchDB's documentation on view collation, with what it leaves out filled in. */
  private static final List<String> UNICODE_ASCENDING =
      List.of(
          "null",
          "false",
          "true",
          "-1e3",
          "-1",
          "0",
          "0.5",
          "1",
          "2",
          "3.0",
          "4",
          "1e3",
          "\"\"",
          "\"_\"",
          "\"1\"",
          "\"a\"",
          "\"A\"",
          "\"á\"",
          "\"aa\"",
          "\"b\"",
          "\"B\"",
          "\"ba\"",
          "\"bb\"",
          "[]",
          "[\"a\"]",
          "[\"b\"]",
          "[\"b\",\"c\"]",
          "[\"b\",\"c\",\"a\"]",
          "[\"b\",\"d\"]",
          "[\"b\",\"d\",\"e\"]",
          "{}",
          "{\"a\":1}",
          "{\"a\":2}",
          "{\"b\":1}",
          "{\"b\":2}",
          "{\"b\":2,\"a\":1}",
          "{\"b\":2,\"c\":2}");

  private static final List<String> RAW_ASCENDING =
      List.of(
          "-1",
          "0",
          "1",
          "false",
          "null",
          "true",
          "{}",
          "{\"a\":1}",
          "{\"a\":1,\"b\":1}",
          "{\"b\":0}",
          "[]",
          "[1]",
          "[1,2]",
          "[2]",
          "\"\"",
          "\"A\"",
          "\"B\"",
          "\"a\"",
          "\"á\"",
          "\"\uffff\"",
          "\"\ud83d\ude00\"");

  @Test
  void valuesOfAllKindsStandInCouchDbsOrder() {
    assertAscending(JsonOrder.UNICODE, UNICODE_ASCENDING);
  }

  @Test
  void rawOrderIsThatOfErlangsTerms() {
    assertAscending(JsonOrder.RAW, RAW_ASCENDING);
  }

  @Test
  void sortingAnyShuffleGivesTheSameList() {
    for (int seed = 0; seed < 20; seed++) {
      List<JsonNode> values =
          new ArrayList<>(UNICODE_ASCENDING.stream().map(JsonOrderTest::json).toList());
      Collections.shuffle(values, new Random(seed));
      values.sort(JsonOrder.UNICODE);
      assertThat(values).isEqualTo(UNICODE_ASCENDING.stream().map(JsonOrderTest::json).toList());
    }
  }

  @Test
  void membersAreComparedInTheOrderTheyAreWritten() {
    assertThat(JsonOrder.UNICODE.same(json("{\"a\":1,\"b\":2}"), json("{\"b\":2,\"a\":1}")))
        .isFalse();
    assertThat(JsonOrder.UNICODE.same(json("{\"a\":1,\"b\":2}"), json("{\"a\":1.0,\"b\":2}")))
        .isTrue();
  }

  @Test
  void composedAndDecomposedTextAreTheSameUnlessRaw() {
    JsonNode composed = json("\"\u00e9\"");
    JsonNode decomposed = json("\"e\u0301\"");
    assertThat(JsonOrder.UNICODE.same(composed, decomposed)).isTrue();
    assertThat(JsonOrder.RAW.same(composed, decomposed)).isFalse();
  }

  private static void assertAscending(JsonOrder order, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      for (int j = 0; j < texts.size(); j++) {
        JsonNode a = json(texts.get(i));
        JsonNode b = json(texts.get(j));
        assertThat(Integer.signum(order.compare(a, b)))
            .as("%s before %s", a, b)
            .isEqualTo(Integer.compare(i, j));
        assertThat(order.same(a, b)).isEqualTo(i == j);
      }
    }
  }

  private static JsonNode json(String text) {
    return ValueReader.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
