package org.skerry.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.testing.Seeded;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Against RFC 8259, and against a parser that others wrote. */
@ExtendWith(Seeded.class)
class JsonScannerTest {
  private static final JsonMapper OTHER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static JsonScanner scanner(String json) {
    return new JsonScanner(json.getBytes(UTF_8), 100);
  }

  private static void check(String json) {
    JsonScanner scanner = scanner(json);
    scanner.skipValue();
    if (scanner.peek() != JsonScanner.END) {
      throw new BadDocumentException(BadDocumentException.Kind.BAD_JSON, "more");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "10",
        "-1.5e+30",
        "1E-2",
        "0.0",
        "\"\"",
        "\"\\u0000\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "true",
        "false",
        "null",
        "[]",
        "{}",
        " [ 1 , [ ] , { } ] ",
        "[[[[[]]]]]",
        "\"\u007f\"",
        "{\"a\":{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]}},\"b\":{}}",
        "\"12345678\"",
        "\"1234567\"",
        "\"é123456\\n\"",
        "\t\r\n 1\n"
      })
  void whatTheStandardAllowsIsTaken(String json) {
    check(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "00",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x1",
        "1_000",
        "Infinity",
        "nul",
        "nulll",
        "tru",
        "True",
        "'a'",
        "\"",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "\"1234567\u0001\"",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,]",
        "[1 2]",
        "[1}",
        "{",
        "}",
        "{1:2}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\":1]",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,,\"b\":2}",
        "1 2",
        "[]]",
        "// \n1",
        "\u00a01",
        "\f1"
      })
  void whatItDoesNotAllowIsRefused(String json) {
    assertThatThrownBy(() -> check(json)).isInstanceOf(BadDocumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"a\":2}|true",
        "{\"a\":1,\"\\u0061\":2}|true",
        "{\"\\u0061\":1,\"a\":2}|true",
        "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":1}]}|false",
        "{\"a\":{\"b\":1,\"b\":1}}|true",
        "{\"b\":{\"c\":1},\"c\":1}|false",
        "{\"\\u0061\":{\"a\":1},\"b\":{\"a\":1}}|false",
        "{\"\":1,\"\":2}|true"
      })
  void aMemberThatComesTwiceIsRefusedHoweverItIsSpelled(String json, boolean refused) {
    if (refused) {
      assertThatThrownBy(() -> check(json)).hasMessageContaining("comes twice");
    } else {
      check(json);
    }
  }

  @Test
  void objectsOfManyMembersAreCheckedToo() {
    String members =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "\"m" + i + "\":0")
            .collect(Collectors.joining(","));
    check("{" + members + "}");
    assertThatThrownBy(() -> check("{" + members + ",\"m31\":0}"))
        .hasMessageContaining("the member m31 comes twice");
    assertThatThrownBy(() -> check("{" + members + ",\"m49999\":0}"))
        .hasMessageContaining("comes twice");
  }

  @Test
  void stringsAreDecoded() {
    assertThat(scanner("\"\"").string()).isEmpty();
    assertThat(scanner("\"é\\u00e9\\ud83d\\ude00\\n\\/x\"").string()).isEqualTo("éé😀\n/x");
  }

  @Test
  void theNestingHasALimitAndTheStackNone() {
    check("[".repeat(100) + "]".repeat(100));
    assertThatThrownBy(() -> check("[".repeat(101) + "]".repeat(101)))
        .hasMessageContaining("nesting deeper than 100");
    int deep = 1_000_000;
    byte[] json = ("[".repeat(deep) + "]".repeat(deep)).getBytes(UTF_8);
    JsonScanner patient = new JsonScanner(json, deep);
    patient.skipValue();
    assertThat(patient.position()).isEqualTo(json.length);
  }

  @Test
  void messagesSayWhere() {
    assertThatThrownBy(() -> check("{\"a\":1;}"))
        .hasMessageContaining("expected ',' or '}'")
        .hasMessageContaining("(byte 6)");
    assertThatThrownBy(() -> check("[1,\"abc"))
        .hasMessageContaining("it ends where the end of a string should be");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{bad | expected a member's name (byte 1)",
        "{\"a\":1,b | expected a member's name (byte 7)",
        "{\"a\" 1} | expected ':' (byte 5)",
        "{\"a\":1,\"a\":2} | the member a comes twice (byte 7)",
        "[1 2] | expected ',' or ']' (byte 3)",
        "[1, | it ends where a value should be (byte 2)",
        "[1 | it ends where ',' or ']' should be (byte 1)",
        "{ | it ends where a member's name should be (byte 0)",
        "[nulL] | expected null (byte 4)",
        "tru | it ends where true should be (byte 2)",
        "[1,x] | expected a value (byte 3)",
        "[1.e] | expected a value (byte 3)",
        "[\"\\q\"] | an unknown escape in a string (byte 3)"
      })
  void theByteIsTheOneWhereItWentWrong(String json, String said) {
    assertThatThrownBy(() -> check(json)).hasMessageEndingWith(": " + said);
  }

  /** Wherever a text is damaged, both say the same about it. */
  @Test
  void theOtherParserAgrees(SplittableRandom random) {
    JsonTexts texts = new JsonTexts(random);
    for (int round = 0; round < 20_000; round++) {
      String good = texts.spaced(texts.body());
      String json = new String(DocumentReaderFuzzTest.damaged(good.getBytes(UTF_8), random), UTF_8);
      boolean taken = taken(json);
      assertThat(taken).as(json).isEqualTo(takenByTheOther(json));
    }
  }

  private static boolean taken(String json) {
    try {
      check(json);
      return true;
    } catch (BadDocumentException e) {
      return false;
    }
  }

  private static boolean takenByTheOther(String json) {
    try {
      return !OTHER.readTree(json.getBytes(UTF_8)).isMissingNode();
    } catch (JacksonException e) {
      return false;
    } catch (NumberFormatException tooLargeForTrees) {
      return true;
    }
  }

  private static boolean isFirstNamed(String json, String name) {
    JsonScanner scanner = JsonScanner.ofTrusted(json.getBytes(UTF_8));
    scanner.enterObject();
    return scanner.member(true) && scanner.isNamed(name, name.getBytes(UTF_8));
  }

  @Test
  void aMembersNameIsKnownHoweverItIsSpelled() {
    assertThat(isFirstNamed("{\"at\": 1}", "at")).isTrue();
    assertThat(isFirstNamed("{\"a\\u0074\": 1}", "at")).isTrue();
    assertThat(isFirstNamed("{\"é\": 1}", "é")).isTrue();
    assertThat(isFirstNamed("{\"ate\": 1}", "at")).isFalse();
    assertThat(isFirstNamed("{\"a\\u0075\": 1}", "at")).isFalse();
    assertThat(isFirstNamed("{\"\": 1}", "at")).isFalse();
  }

  @Test
  void whatWasCheckedIsNotSearchedForNamesThatComeTwice() {
    JsonScanner scanner = JsonScanner.ofTrusted("{\"a\": {\"b\": 1, \"b\": 2}}".getBytes(UTF_8));
    scanner.skipValue();
    assertThat(scanner.peek()).isEqualTo(JsonScanner.END);
  }

  /** Where a string ends that nobody reads is found in another way than where it is checked. */
  @Test
  void whatWasCheckedIsSkippedAsItWasWhenItCameIn() {
    for (int plain = 0; plain < 20; plain++) {
      for (String escapes :
          List.of("", "\\\\", "\\\"", "\\\\\\\"", "\\u0022", "é\\\\", "\\u005c\\n")) {
        String text = '"' + "x".repeat(plain) + escapes + '"';
        String json = "[" + text + "," + text + "]";
        JsonScanner checking = scanner(json);
        JsonScanner trusting = JsonScanner.ofTrusted(json.getBytes(UTF_8));
        for (JsonScanner scanner : List.of(checking, trusting)) {
          scanner.enterArray();
          scanner.element(true);
          scanner.skipValue();
        }
        assertThat(trusting.position()).as(json).isEqualTo(checking.position());
      }
    }
  }

  @Test
  void aStringThatIsCutOffIsRefusedThoughItWasChecked() {
    for (String cut : List.of("\"", "\"abc", "\"abcdefghijk\\\"", "\"\\")) {
      assertThatThrownBy(() -> JsonScanner.ofTrusted(cut.getBytes(UTF_8)).skipValue())
          .isInstanceOf(BadDocumentException.class);
    }
  }
}
