package org.skerry.collation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.testing.Seeded;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;

@ExtendWith(Seeded.class)
class ValueReaderTest {
  private static JsonNode read(String json) {
    return ValueReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  /** By the parser, whatever the value is. */
  private static JsonNode parsed(String json) {
    try (JsonParser parser = ValueReader.parser(json.getBytes(StandardCharsets.UTF_8))) {
      parser.nextToken();
      return ValueReader.read(parser);
    }
  }

  @Test
  void shortIntegersAreWhatTheParserMakesOfThem(SplittableRandom random) {
    for (int i = 0; i < 20_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      assertThat(read(Long.toString(number))).isEqualTo(parsed(Long.toString(number)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "7",
        "-7",
        "10",
        "99999999999999999",
        "-99999999999999999",
        "100000000000000000",
        "9223372036854775807",
        "9223372036854775808",
        "1.0",
        "-1.50",
        "1e3",
        "0.1",
        "\"7\"",
        "\"-\"",
        "true",
        "null",
        "[7]",
        "{\"n\":7}",
        " 7",
        "7 "
      })
  void soIsEverythingElse(String json) {
    assertThat(read(json)).isEqualTo(parsed(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"007", "-", "-a", "--1", "a"})
  void whatIsNoJsonIsNoNumber(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(JacksonException.class);
  }

  @Test
  void aPartIsReadAlone() {
    byte[] json = "[12,345]".getBytes(StandardCharsets.US_ASCII);
    assertThat(ValueReader.read(json, 1, 2)).isEqualTo(LongNode.valueOf(12));
    assertThat(ValueReader.read(json, 4, 3)).isEqualTo(LongNode.valueOf(345));
  }
}
