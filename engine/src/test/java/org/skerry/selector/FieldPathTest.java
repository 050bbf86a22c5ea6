package org.skerry.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {
  @Test
  void namesStandBetweenDotsAndAfterABackslashADotBelongsToTheName() {
    assertThat(FieldPath.parse("name").names()).containsExactly("name");
    assertThat(FieldPath.parse("name.0.family").names()).containsExactly("name", "0", "family");
    assertThat(FieldPath.parse("a\\.b.c").names()).containsExactly("a.b", "c");
  }

  @Test
  void aBackslashIsDroppedFromANameWithoutDotsToo() {
    assertThat(FieldPath.parse("a\\b").names()).containsExactly("ab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".a", "a.", "a..b"})
  void anEmptyNameIsRefused(String text) {
    assertThatThrownBy(() -> FieldPath.parse(text)).isInstanceOf(InvalidSelectorException.class);
  }
}
