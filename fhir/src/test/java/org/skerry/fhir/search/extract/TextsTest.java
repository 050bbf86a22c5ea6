package org.skerry.fhir.search.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void caseAccentsAndBlanksMeanNothing() {
    assertThat(Texts.fold("Ada  LOVELACE ")).isEqualTo("ada lovelace");
    assertThat(Texts.fold("Éléonore\tŁukasz")).isEqualTo("eleonore lukasz");
    assertThat(Texts.fold("Straße")).isEqualTo(Texts.fold("STRASSE"));
    assertThat(Texts.fold("ΟΔΥΣΣΕΥΣ")).isEqualTo(Texts.fold("οδυσσευς"));
    assertThat(Texts.fold("Ørsted Æ Œ")).isEqualTo("orsted ae oe");
    assertThat(Texts.fold("e\u0301")).isEqualTo("e");
    assertThat(Texts.fold("\ufb01n")).as("a ligature").isEqualTo("fin");
    assertThat(Texts.fold("日本")).isEqualTo("日本");
    assertThat(Texts.fold(" ")).isEmpty();
  }

  @Test
  void halvesOfPairsGo() {
    assertThat(Texts.fold("a\ud83d b\udc00")).isEqualTo("a b");
    assertThat(Texts.fold("a\ud83d\ude00")).isEqualTo("a\ud83d\ude00");
  }

  @Test
  void keysHaveABoundAndNoHalves() {
    String longOne = "x".repeat(Texts.KEY_LENGTH - 1) + "\ud83d\ude00y";
    assertThat(Texts.cut(longOne)).isEqualTo("x".repeat(Texts.KEY_LENGTH - 1));
    assertThat(Texts.cut("abc")).isEqualTo("abc");
  }
}
