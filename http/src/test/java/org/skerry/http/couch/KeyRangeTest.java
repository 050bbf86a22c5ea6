package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.store.DocRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeyRangeTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> TEXTS =
      List.of(
          "",
          "\u0000",
          "a",
          "a\u0000",
          "a\u0001",
          "aa",
          "b",
          "z",
          "\u007f",
          "ä",
          "\ud7ff",
          "\ue000",
          "\uffff",
          "\ud800\udc00",
          "\udbff\udfff",
          "\ud83d\ude00a");

  private static Optional<JsonNode> key(String json) {
    return Optional.of(MAPPER.readTree(json));
  }

  private static Optional<JsonNode> text(String text) {
    return Optional.of(MAPPER.valueToTree(text));
  }

  private static int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRangeContainsWhatStandsBetweenItsEndsByBytes() {
    for (String start : TEXTS) {
      for (String end : TEXTS) {
        for (boolean inclusive : new boolean[] {true, false}) {
          for (boolean descending : new boolean[] {true, false}) {
            KeyRange range = new KeyRange(text(start), text(end), inclusive, descending);
            for (String id : TEXTS) {
              int direction = descending ? -1 : 1;
              int toEnd = direction * compare(id, end);
              boolean expected =
                  direction * compare(id, start) >= 0 && (toEnd < 0 || toEnd == 0 && inclusive);
              assertThat(range.contains(id))
                  .as("%s in %s to %s, %s, %s", id, start, end, inclusive, descending)
                  .isEqualTo(expected);
            }
          }
        }
      }
    }
  }

  @Test
  void nothingStandsBetweenATextAndItsSuccessor() {
    for (String text : TEXTS) {
      String successor = KeyRange.successor(text);
      assertThat(compare(text, successor)).isNegative();
      assertThat(TEXTS).noneMatch(id -> compare(text, id) < 0 && compare(id, successor) < 0);
    }
  }

  @Test
  void keysThatAreNoTextsStandOutside() {
    Optional<JsonNode> none = Optional.empty();
    for (String low : new String[] {"null", "false", "true", "0", "-1.5"}) {
      assertThat(new KeyRange(key(low), none, true, false).contains("a")).as(low).isTrue();
      assertThat(new KeyRange(none, key(low), true, false).contains("a")).as(low).isFalse();
      assertThat(new KeyRange(key(low), none, true, true).contains("a")).as(low).isFalse();
    }
    for (String high : new String[] {"[]", "{}", "[\"a\"]"}) {
      assertThat(new KeyRange(key(high), none, true, false).contains("a")).as(high).isFalse();
      assertThat(new KeyRange(none, key(high), true, false).contains("a")).as(high).isTrue();
      assertThat(new KeyRange(none, key(high), true, true).contains("a")).as(high).isFalse();
    }
  }

  @Test
  void boundsFromOutsideNarrowTheRange() {
    Optional<String> low = Optional.of("b");
    Optional<String> high = Optional.of("d");
    assertThat(new KeyRange(Optional.empty(), Optional.empty(), true, false).within(low, high))
        .contains(new DocRange(low, high, false, false));
    assertThat(new KeyRange(text("c"), text("z"), true, false).within(low, high))
        .contains(new DocRange(Optional.of("c"), high, false, false));
    assertThat(new KeyRange(text("a"), text("c"), true, false).within(low, high))
        .contains(new DocRange(low, Optional.of("c"), true, false));
    assertThat(new KeyRange(text("x"), text("z"), true, false).within(low, high)).isEmpty();
  }
}
