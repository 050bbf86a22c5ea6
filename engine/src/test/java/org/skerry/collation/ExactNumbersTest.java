package org.skerry.collation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactNumbersTest {
  @Test
  void theSameValueIsEqualHoweverItIsWritten() {
    for (String other :
        List.of("1.0", "1e0", "10E-1", "0.1e+1", "1.000000000000000000000000000000")) {
      assertThat(compare("1", other)).as(other).isZero();
    }
    assertThat(compare("0", "-0")).isZero();
    assertThat(compare("0", "0e99999999999")).isZero();
  }

  @Test
  void everyDigitCounts() {
    assertThat(compare("9007199254740993", "9007199254740992")).isPositive();
    assertThat(compare("0.1", "0.1000000000000000055")).isNegative();
    assertThat(compare("123456789012345678901234567890", "123456789012345678901234567891"))
        .isNegative();
  }

  @Test
  void monstrousExponentsAreOrderedWithoutBeingExpanded() {
    List<String> ascending =
        List.of(
            "-1e99999999999999999999",
            "-1e2147483647",
            "-1",
            "-1e-2147483647",
            "0",
            "1e-2147483647",
            "1e-400",
            "1",
            "1e400",
            "1e2147483000",
            "1e99999999999999999999");
    for (int i = 1; i < ascending.size(); i++) {
      assertThat(compare(ascending.get(i - 1), ascending.get(i)))
          .as("%s and %s", ascending.get(i - 1), ascending.get(i))
          .isLessThanOrEqualTo(i == 1 ? 0 : -1);
    }
  }

  @Test
  void numbersOfAMillionDigitsKeepTheirMagnitude() {
    String long1 = "1".repeat(1_000_000);
    assertThat(compare(long1, "9".repeat(999_999))).isPositive();
    assertThat(compare(long1, "1e999999")).isPositive();
    assertThat(compare(long1, "2e999999")).isNegative();
    assertThat(compare("0." + "0".repeat(1_000_000) + "1", "0")).isPositive();
    assertThat(compare("0." + "0".repeat(1_000_000) + "1", "1e-1000000")).isNegative();
    assertThat(compare("-" + long1 + ".5e-1000000", "-0.2")).isPositive();
  }

  @Test
  void shortNumbersCompareLikeBigDecimals() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      String a = number(random);
      String b = number(random);
      assertThat(Integer.signum(compare(a, b)))
          .as("%s and %s", a, b)
          .isEqualTo(new BigDecimal(a).compareTo(new BigDecimal(b)));
    }
  }

  private static String number(Random random) {
    String text = (random.nextBoolean() ? "-" : "") + random.nextInt(12);
    if (random.nextBoolean()) {
      text += "." + random.nextInt(12);
    }
    return random.nextInt(3) == 0 ? text + "e" + (random.nextInt(7) - 3) : text;
  }

  private static int compare(String a, String b) {
    return ExactNumbers.compare(ExactNumbers.parse(a), ExactNumbers.parse(b));
  }
}
