package org.skerry.collation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CollatedTextTest {
  @Test
  void everyPrintableAsciiCharacterStandsAtItsOwnPlace() {
    for (char a = ' '; a <= '~'; a++) {
      for (char b = ' '; b <= '~'; b++) {
        assertThat(CollatedText.compare("x" + a, "x" + b) == 0).isEqualTo(a == b);
      }
    }
  }

  /** The short cut of {@link CollatedText#same} rests on this. */
  @Test
  void plainTextsAreTheSameOnlyWhenEqual() {
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      String a = plain(random);
      String b = plain(random);
      assertThat(CollatedText.compare(a, b) == 0).as("%s and %s", a, b).isEqualTo(a.equals(b));
      assertThat(CollatedText.same(a, b)).isEqualTo(a.equals(b));
    }
  }

  @Test
  void controlCharactersDoNotCount() {
    assertThat(CollatedText.same("a\u0001", "a")).isTrue();
    assertThat(CollatedText.isPlain("a\u0001")).isFalse();
  }

  private static String plain(Random random) {
    String alphabet = random.nextBoolean() ? "aAbB-. '" : "aA";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
