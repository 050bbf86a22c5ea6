package org.skerry.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.store.DocumentStore;
import org.skerry.store.Seq;

class SinceTokensTest {
  private final DocumentStore store = Edits.database();
  private final SinceTokens tokens = new SinceTokens(store);

  private void write(int documents) {
    for (int i = 0; i < documents; i++) {
      Edits.create(store, "doc" + i);
    }
  }

  @Test
  void aTokenStartsWithTheNumberAndComesBackAsThePosition() {
    write(3);
    String token = tokens.format(Seq.of(3));
    assertThat(token).startsWith("3-").matches("3-[A-Za-z0-9_-]{22}");
    assertThat(tokens.parse(token)).isEqualTo(Seq.of(3));
    assertThat(tokens.parse('"' + token + '"')).isEqualTo(Seq.of(3));
  }

  @Test
  void theSuffixOfAPositionWithoutBytesIsAlwaysTheSameArray() {
    assertThat(tokens.suffix(Seq.of(1))).isSameAs(tokens.suffix(Seq.of(2)));
    assertThat("7" + new String(tokens.suffix(Seq.of(7)), StandardCharsets.US_ASCII))
        .isEqualTo(tokens.format(Seq.of(7)));
  }

  @Test
  void theEnginesOwnBytesTravelInTheToken() {
    write(5);
    for (int length = 1; length < 40; length++) {
      byte[] position = new byte[length];
      new Random(length).nextBytes(position);
      Seq seq = Seq.of(5, position);
      assertThat(tokens.parse(tokens.format(seq))).isEqualTo(seq);
      assertThat("5" + new String(tokens.suffix(seq), StandardCharsets.US_ASCII))
          .isEqualTo(tokens.format(seq));
    }
  }

  @Test
  void plainNumbersAreAccepted() {
    write(3);
    assertThat(tokens.parse("0")).isEqualTo(Seq.ZERO);
    assertThat(tokens.parse("2")).isEqualTo(Seq.of(2));
  }

  @Test
  void nowIsThePositionBehindEverything() {
    write(3);
    assertThat(tokens.parse("now")).isEqualTo(Seq.of(3));
  }

  @Test
  void aTokenOfAnotherLifeMeansTheStart() {
    write(3);
    String other = new SinceTokens(Edits.database()).format(Seq.of(2));
    assertThat(tokens.parse(other)).isEqualTo(Seq.ZERO);
  }

  @Test
  void aPositionThatTheDatabaseHasNotReachedMeansTheStart() {
    write(3);
    assertThat(tokens.parse(tokens.format(Seq.of(4)))).isEqualTo(Seq.ZERO);
    assertThat(tokens.parse("4")).isEqualTo(Seq.ZERO);
    assertThat(tokens.parse("99999999999999999999999999")).isEqualTo(Seq.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12-g1AAAACTeJzLYWBgYMpgTmHgz8tPSTV0MDQy1zMAQsMckEQiQ1L9____szKYE5lygQLsyYaWhilmBtg04DMmjwVIMjQAqf8Y1hmZpxqYGZhmAQCEfydg",
        "12-g1AAAACTeJ_-x=",
        "g1AAAACTeJzLYWBgYMpgTmHgz8tPSTV0MDQy1zMAQsMckEQiQ1L9",
        "3-AAAA",
        "3-abc"
      })
  void tokensOfOtherProgramsMeanTheStart(String token) {
    write(20);
    assertThat(tokens.parse(token)).isEqualTo(Seq.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"\"",
        "\"",
        "badtoken",
        "garbage",
        "-1",
        "1.5",
        "1-",
        "-",
        "1 ",
        " 1",
        "NOW",
        "null",
        "[3,\"g1AAAA\"]",
        "1-g1AA\u00e9",
        "1-a/b",
        "1-a+b",
        "\u0663",
        "0x10"
      })
  void garbageIsRefusedInCouchDbsWords(String garbage) {
    assertThatThrownBy(() -> tokens.parse(garbage))
        .isInstanceOf(InvalidSinceException.class)
        .hasMessage("Malformed sequence supplied in 'since' parameter.");
  }

  @Test
  void whateverIsAskedIsRefusedOrAPositionThatWasReached() {
    write(10);
    Random random = new Random(42);
    String alphabet = "0123456789-_=\"gA1now/+ .\u00fc\ud83d";
    String good = tokens.format(Seq.of(7));
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? good : "");
      for (int edits = random.nextInt(6); edits >= 0; edits--) {
        int at = random.nextInt(text.length() + 1);
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        if (at < text.length() && random.nextBoolean()) {
          text.deleteCharAt(at);
        } else {
          text.insert(at, c);
        }
      }
      try {
        assertThat(tokens.parse(text.toString()).number()).as("%s", text).isBetween(0L, 10L);
      } catch (InvalidSinceException expected) {
        assertThat(text.toString()).isNotEqualTo(good);
      }
    }
  }
}
