package org.skerry.script.rhino;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;
import tools.jackson.databind.ObjectMapper;

@ExtendWith(Seeded.class)
class TrustedJsonTest {
  private final TrustedJson json = new TrustedJson();

  private Object number(String text) {
    json.begin((text + ",").getBytes(UTF_8));
    Object number = json.number();
    assertThat(json.take()).as(text).isEqualTo((byte) ',');
    return number;
  }

  private String string(String text) {
    json.begin((text + ",").getBytes(UTF_8));
    String string = json.string();
    assertThat(json.take()).as(text).isEqualTo((byte) ',');
    return string;
  }

  @Test
  void wholeNumbersThatFitAreIntegers() {
    assertThat(number("0")).isEqualTo(0);
    assertThat(number("-17")).isEqualTo(-17);
    assertThat(number("2147483647")).isEqualTo(Integer.MAX_VALUE);
    assertThat(number("2147483648")).isEqualTo(2147483648d);
    assertThat(number("-0")).isEqualTo(-0d);
    assertThat(number("1730000000123")).isEqualTo(1730000000123d);
    assertThat(number("12345678901234567890123")).isEqualTo(12345678901234567890123d);
  }

  @Test
  void fractionsAndExponentsAreDoubles() {
    assertThat(number("36.5")).isEqualTo(36.5);
    assertThat(number("-1.28003")).isEqualTo(-1.28003);
    assertThat(number("1.0")).isEqualTo(1.0);
    assertThat(number("1E3")).isEqualTo(1000.0);
    assertThat(number("-2.5e-7")).isEqualTo(-2.5e-7);
    assertThat(number("1e999")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(number("0.1000000000000000055")).isEqualTo(0.1);
  }

  /** A division is only right where both numbers are exact. */
  @RepeatedTest(5)
  void numbersAreWhatJavaMakesOfThem(SplittableRandom random) {
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
      text.append(random.nextLong(1L << random.nextInt(1, 60)));
      int decimals = random.nextInt(-8, 20);
      for (int d = 0; d < decimals; d++) {
        text.append(d == 0 ? "." : "").append(random.nextInt(10));
      }
      if (random.nextInt(6) == 0) {
        text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(-30, 30));
      }
      double expected = Double.parseDouble(text.toString());
      assertThat(((Number) number(text.toString())).doubleValue())
          .as("%s", text)
          .isEqualTo(expected);
    }
  }

  @RepeatedTest(5)
  void stringsAreWhatJacksonMakesOfThem(SplittableRandom random) {
    ObjectMapper mapper = new ObjectMapper();
    String[] parts = {
      "a",
      "plain text of some length",
      "é",
      "बिरामी",
      "😀",
      "\\n",
      "\\\"",
      "\\\\",
      "\\/",
      "\\u00e9",
      "\\ud83d\\ude00",
      "\\b\\f\\r\\t",
      "\\u000A",
      "{",
      "]",
      ","
    };
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder("\"");
      for (int n = random.nextInt(6); n > 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      text.append('"');
      String expected = mapper.readValue(text.toString(), String.class);
      assertThat(string(text.toString())).isEqualTo(expected);
      json.begin((text + " : 1").getBytes(UTF_8));
      assertThat(json.name()).isEqualTo(expected);
      assertThat(json.peek()).isEqualTo((byte) '1');
    }
  }

  @Test
  void aNameThatWasMetBeforeIsTheSameText() {
    json.begin("\"district\":".getBytes(UTF_8));
    String first = json.name();
    json.begin("\"district\" :".getBytes(UTF_8));
    assertThat(json.name()).isSameAs(first);
  }
}
