package org.skerry.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class RevIdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-0123456789abcdef0123456789abcdef",
        "2147483647-a",
        "3-not-hex-but-text",
        "4-0123456789abcdef0123456789abcde",
        "5-é😀",
        "6--"
      })
  void isReadAsItIsWritten(String text) {
    assertThat(RevId.parse(text)).hasToString(text);
    assertThat(new String(RevId.parse(text).textBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1-",
        "-a",
        "0-a",
        "-1-a",
        "+1-a",
        "a-1",
        "1.0-a",
        " 1-a",
        "1 -a",
        "1-a b",
        "1-\"",
        "1-\\",
        "1-\n",
        "1-\0",
        "1-\u007f",
        "1-\ud800",
        "2147483648-a",
        "99999999999-a",
        "１-a",
        "0x1-a"
      })
  void otherTextIsNone(String text) {
    assertThatThrownBy(() -> RevId.parse(text))
        .isInstanceOf(InvalidRevIdException.class)
        .hasMessageStartingWith("Invalid rev format");
  }

  @Test
  void capitalsAreTheSameRevision() {
    assertThat(RevId.parse("1-0123456789ABCDEF0123456789abcdef"))
        .isEqualTo(RevId.parse("1-0123456789abcdef0123456789abcdef"))
        .hasToString("1-0123456789abcdef0123456789abcdef");
    assertThat(RevId.parse("1-ABC")).isNotEqualTo(RevId.parse("1-abc"));
  }

  @Test
  void aForeignHashHasALimit() {
    assertThat(RevId.parse("1-" + "x".repeat(255)).hash()).hasSize(255);
    assertThatThrownBy(() -> RevId.parse("1-" + "x".repeat(256)))
        .isInstanceOf(InvalidRevIdException.class)
        .hasMessageContaining("…");
    assertThatThrownBy(() -> RevId.parse("1-" + "é".repeat(128)))
        .isInstanceOf(InvalidRevIdException.class);
  }

  @Test
  void anyTextIsARevisionOrRefused(SplittableRandom random) {
    String alphabet = "0123456789abcdefABCDEFxyz--- \"\\\n\0é\ud83d\ude00";
    int parsed = 0;
    for (int round = 0; round < 100_000; round++) {
      StringBuilder text = new StringBuilder(random.nextInt(2) == 0 ? "12-" : "");
      int length = random.nextInt(10) == 0 ? 32 : random.nextInt(12);
      for (int i = 0; i < length; i++) {
        text.append(
            alphabet.charAt(random.nextInt(random.nextInt(4) == 0 ? alphabet.length() : 16)));
      }
      try {
        RevId rev = RevId.parse(text.toString());
        parsed++;
        assertThat(RevId.parse(rev.toString())).isEqualTo(rev).hasSameHashCodeAs(rev);
        assertThat(RevId.of(rev.generation(), rev.hash())).isEqualTo(rev);
      } catch (InvalidRevIdException e) {
        assertThat(e).hasMessageStartingWith("Invalid rev format");
      }
    }
    assertThat(parsed).isPositive();
  }

  @Test
  void orderIsTotal(SplittableRandom random) {
    List<RevId> revs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      revs.addAll(new Histories(random).revisions());
    }
    for (int round = 0; round < 100_000; round++) {
      RevId a = revs.get(random.nextInt(revs.size()));
      RevId b = revs.get(random.nextInt(revs.size()));
      RevId c = revs.get(random.nextInt(revs.size()));
      assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
      assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
      if (a.compareTo(b) > 0 && b.compareTo(c) > 0) {
        assertThat(a.compareTo(c)).isPositive();
      }
      if (a.generation() != b.generation()) {
        assertThat(a.compareTo(b) > 0).isEqualTo(a.generation() > b.generation());
      }
    }
    assertThat(RevId.parse("1-80000000000000000000000000000000"))
        .as("bytes are unsigned")
        .isGreaterThan(RevId.parse("1-7fffffffffffffffffffffffffffffff"));
  }

  /** The message is an answer's reason, and half of a character has no UTF-8. */
  @Test
  void aLongTextThatIsNoneIsShownWithoutHalfOfACharacter() {
    for (String text : List.of("x".repeat(79) + "😀x", "x".repeat(78) + "😀x")) {
      assertThatThrownBy(() -> RevId.parse(text))
          .isInstanceOf(InvalidRevIdException.class)
          .satisfies(
              e ->
                  assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(e.getMessage()))
                      .isTrue());
    }
  }
}
