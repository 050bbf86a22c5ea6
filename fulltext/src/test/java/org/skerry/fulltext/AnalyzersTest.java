package org.skerry.fulltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.skerry.search.BadSearchException;

class AnalyzersTest {
  @Test
  void textsBecomeTokens() {
    assertThat(Analyzers.tokens("standard", "ablanks@renovations.com"))
        .containsExactly("ablanks", "renovations.com");
    assertThat(Analyzers.tokens("keyword", "ablanks@renovations.com"))
        .containsExactly("ablanks@renovations.com");
    assertThat(Analyzers.tokens("email", "for ablanks@renovations.com now"))
        .containsExactly("ablanks@renovations.com", "now");
    assertThat(Analyzers.tokens("english", "the peaches are rising"))
        .containsExactly("peach", "rise");
    assertThat(Analyzers.tokens("simple_asciifolding", "Élise's Crème 42"))
        .containsExactly("elise", "s", "creme");
    assertThat(Analyzers.tokens("japanese", "寿司が食べたい")).contains("寿司", "食べる");
    assertThat(Analyzers.tokens("chinese", "我是中国人")).contains("中国");
    assertThat(Analyzers.tokens("polish", "książki")).containsExactly("książek");
    assertThat(Analyzers.tokens("standard", "")).isEmpty();
  }

  @Test
  void allThatCouchDbNamesAreHere() {
    assertThat(Analyzers.names()).hasSize(40);
    for (String name : Analyzers.names()) {
      assertThat(Analyzers.tokens(name, "Word 42")).as(name).isNotEmpty();
    }
  }

  @Test
  void othersAreRefused() {
    assertThatThrownBy(() -> Analyzers.tokens("klingon", "x"))
        .isInstanceOf(BadSearchException.class)
        .hasMessage("klingon is not a valid analyzer name");
    assertThatThrownBy(() -> Analyzers.tokens("keyword".toUpperCase(java.util.Locale.ROOT), "x"))
        .isInstanceOf(BadSearchException.class);
  }
}
