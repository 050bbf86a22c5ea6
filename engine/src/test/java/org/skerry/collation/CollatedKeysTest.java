package org.skerry.collation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.FloatNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

@ExtendWith(Seeded.class)
class CollatedKeysTest {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "0.0",
          "1",
          "1.0",
          "10e-1",
          "-1",
          "10",
          "100",
          "99",
          "101",
          "1.5",
          "1.05",
          "-1.5",
          "-1.05",
          "-15",
          "0.1",
          "0.1000000000000000055",
          "9007199254740993",
          "9007199254740992",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "123456789012345678901234567890",
          "123456789012345678901234567891",
          "1e-400",
          "1e400",
          "-1e400",
          "-1e-400",
          "1e60",
          "1e61",
          "1e59",
          "1e-60",
          "1e-61",
          "1e-62",
          "-1e61",
          "-1e-62",
          "1e2147483647",
          "1e-2147483647",
          "1e99999999999999999999",
          "-1e99999999999999999999",
          "-123",
          "-12",
          "-1234",
          "1234.5678");

  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "A",
          "b",
          "aa",
          "aA",
          "Aa",
          "a b",
          "a-b",
          "ab",
          "\u00e9",
          "e\u0301",
          "e",
          "f",
          "a\\u0001",
          "\\u0000",
          "a\\u0000",
          "a\\u0000b",
          "\\u00ff",
          "\u4e2d",
          "\\ud83d\\ude00",
          "\\ue000",
          "\\uffff",
          "\u0639",
          "_",
          "~",
          "0",
          "10",
          "9",
          "\\u007f",
          "\\u0080",
          "\\u07ff",
          "\\u0800",
          "co-op",
          "coop",
          "CO-OP");

  private static JsonNode json(String text) {
    return ValueReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 9)) {
      case 0 -> new String[] {"null", "true", "false"}[random.nextInt(3)];
      case 1, 2 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
      case 3, 4, 5 -> "\"" + TEXTS.get(random.nextInt(TEXTS.size())) + "\"";
      case 6 -> {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          String name = "\"" + TEXTS.get(random.nextInt(TEXTS.size())) + "\"";
          if (members.stream().noneMatch(member -> member.startsWith(name))) {
            members.add(name + ":" + value(random, depth - 1));
          }
        }
        yield "{" + String.join(",", members) + "}";
      }
      default -> {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(value(random, depth - 1));
        }
        yield "[" + String.join(",", elements) + "]";
      }
    };
  }

  @ParameterizedTest
  @EnumSource(JsonOrder.class)
  void bytesStandInTheOrderOfTheirValues(JsonOrder order) {
    SplittableRandom random = new SplittableRandom(Seeded.seed());
    CollatedKeys keys = new CollatedKeys(order);
    List<JsonNode> values = new ArrayList<>();
    NUMBERS.forEach(number -> values.add(json(number)));
    TEXTS.forEach(text -> values.add(json("\"" + text + "\"")));
    // No JSON text has them, but what a script emits may.
    values.add(StringNode.valueOf("\ud800"));
    values.add(StringNode.valueOf("x\udc00y"));
    for (int i = 0; i < 400; i++) {
      values.add(json(value(random, 3)));
    }
    List<byte[]> encoded = values.stream().map(keys::of).toList();
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < values.size(); j++) {
        assertThat(Integer.signum(Arrays.compareUnsigned(encoded.get(i), encoded.get(j))))
            .as("%s and %s", values.get(i), values.get(j))
            .isEqualTo(Integer.signum(order.compare(values.get(i), values.get(j))));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(JsonOrder.class)
  void noEncodingIsTheBeginningOfAnother(JsonOrder order) {
    SplittableRandom random = new SplittableRandom(Seeded.seed());
    CollatedKeys keys = new CollatedKeys(order);
    for (int i = 0; i < 5_000; i++) {
      byte[] key = keys.of(json(value(random, 3)));
      byte[] longer = Arrays.copyOf(key, key.length + 1 + random.nextInt(3));
      assertThat(CollatedKeys.groupEnd(longer, 0, Integer.MAX_VALUE)).isEqualTo(key.length);
      assertThat(CollatedKeys.groupEnd(key, 0, Integer.MAX_VALUE)).isEqualTo(key.length);
    }
  }

  @Test
  void howANumberIsKeptMakesNoDifference() {
    CollatedKeys keys = new CollatedKeys(JsonOrder.UNICODE);
    byte[] seven = keys.of(json("7"));
    for (JsonNode other :
        new JsonNode[] {
          IntNode.valueOf(7), LongNode.valueOf(7), DoubleNode.valueOf(7), FloatNode.valueOf(7)
        }) {
      assertThat(keys.of(other)).isEqualTo(seven);
    }
    assertThat(keys.of(DoubleNode.valueOf(36.6))).isEqualTo(keys.of(json("36.6")));
    assertThat(keys.of(DoubleNode.valueOf(-0.0))).isEqualTo(keys.of(json("0")));
    assertThat(keys.of(DoubleNode.valueOf(1e300))).isEqualTo(keys.of(json("1e300")));
  }

  @Test
  void groupsAreTheBeginningsOfArrays() {
    CollatedKeys keys = new CollatedKeys(JsonOrder.UNICODE);
    byte[] two = keys.of(json("[\"a\",1]"));
    byte[] three = keys.of(json("[\"a\",1,null]"));
    byte[] one = keys.of(json("[\"a\"]"));
    assertThat(CollatedKeys.groupEnd(two, 0, 1)).isEqualTo(CollatedKeys.groupEnd(three, 0, 1));
    assertThat(CollatedKeys.groupEnd(one, 0, 1)).isEqualTo(CollatedKeys.groupEnd(two, 0, 1));
    assertThat(CollatedKeys.groupEnd(two, 0, 2)).isEqualTo(two.length - 1);
    assertThat(CollatedKeys.groupEnd(three, 0, 2)).isEqualTo(two.length - 1);
    assertThat(CollatedKeys.groupEnd(one, 0, 2)).isEqualTo(one.length);
    assertThat(CollatedKeys.groupEnd(two, 0, 3)).isEqualTo(two.length);
    byte[] text = keys.of(json("\"text\""));
    assertThat(CollatedKeys.groupEnd(text, 0, 1)).isEqualTo(text.length);
  }

  @Test
  void aTextMetAgainHasTheSameBytes() {
    CollatedKeys keys = new CollatedKeys(JsonOrder.UNICODE);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 3_000; i++) {
        JsonNode text = json("\"facility-" + i + "\"");
        assertThat(keys.of(text)).isEqualTo(new CollatedKeys(JsonOrder.UNICODE).of(text));
      }
    }
  }

  /** Arrays by their elements, and a bound above all that begin with these. */
  @ParameterizedTest
  @EnumSource(JsonOrder.class)
  void anArraysElementsAreEnough(JsonOrder order) {
    CollatedKeys keys = new CollatedKeys(order);
    JsonNode array = ValueReader.read("[1,\"b\"]".getBytes(StandardCharsets.US_ASCII));
    List<JsonNode> elements = List.copyOf(array.values());
    assertThat(keys.ofArray(elements)).isEqualTo(keys.of(array));
    byte[] above = keys.aboveArrays(elements);
    for (String beginsSo :
        List.of("[1,\"b\"]", "[1,\"b\",null]", "[1,\"b\",{\"\uffff\uffff\":{}},0]")) {
      byte[] key = keys.of(ValueReader.read(beginsSo.getBytes(StandardCharsets.UTF_8)));
      assertThat(Arrays.compareUnsigned(key, above)).as(beginsSo).isNegative();
    }
    for (String behind : List.of("[1,\"c\"]", "[1,[]]", "[2]", "{\"a\":1}")) {
      byte[] key = keys.of(ValueReader.read(behind.getBytes(StandardCharsets.UTF_8)));
      boolean isAbove =
          order == JsonOrder.UNICODE || !behind.startsWith("{") && !behind.equals("[1,[]]");
      assertThat(Arrays.compareUnsigned(key, above) > 0).as(behind).isEqualTo(isAbove);
    }
  }
}
