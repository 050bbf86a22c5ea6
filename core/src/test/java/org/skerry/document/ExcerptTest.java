package org.skerry.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final String SMILE = "\ud83d\ude00";

  @Test
  void whatIsShortStaysAsItIs() {
    assertThat(Excerpt.beginning("abc", 3)).isEqualTo("abc");
    assertThat(Excerpt.of("abc", 3)).isEqualTo("abc");
    assertThat(Excerpt.of("", 3)).isEmpty();
  }

  @Test
  void whatIsLongerIsCut() {
    assertThat(Excerpt.beginning("abcd", 3)).isEqualTo("abc");
    assertThat(Excerpt.of("abcd", 3)).isEqualTo("abc…");
  }

  @Test
  void noCharacterIsDivided() {
    assertThat(Excerpt.beginning("ab" + SMILE + "c", 3)).isEqualTo("ab");
    assertThat(Excerpt.beginning("ab" + SMILE + "c", 4)).isEqualTo("ab" + SMILE);
    assertThat(Excerpt.of("ab" + SMILE, 3)).isEqualTo("ab…");
    assertThat(Excerpt.beginning(SMILE, 1)).isEmpty();
  }

  /** It was no text before. */
  @Test
  void halfACharacterThatStoodAloneIsKept() {
    assertThat(Excerpt.beginning("ab\ud83dc", 3)).isEqualTo("ab\ud83d");
  }
}
