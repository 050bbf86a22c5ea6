package org.skerry.fhir.search.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void wordsAreLettersAndDigits() {
    assertThat(Words.of("Mild, O'Neill: 3.5mg (I10.9)"))
        .containsExactly("mild", "o", "neill", "3", "5mg", "i10", "9");
    assertThat(Words.of(" - … \t")).isEmpty();
    assertThat(Words.of("")).isEmpty();
    assertThat(Words.of("Fièvre ÉLEVÉE Straße")).containsExactly("fievre", "elevee", "strasse");
    assertThat(Words.of("مرحبا بالعالم")).containsExactly("مرحبا", "بالعالم");
  }

  @Test
  void scriptsWithoutBlanksHaveAWordForEachCharacter() {
    assertThat(Words.of("胃癌stage2の")).containsExactly("胃", "癌", "stage2", "の");
    assertThat(Words.of("\ud842\udfb7野")).containsExactly("\ud842\udfb7", "野");
    assertThat(Words.of("「胃」、癌。")).containsExactly("胃", "癌");
  }

  @Test
  void longWordsAreCut() {
    assertThat(Words.of("x".repeat(500))).containsExactly("x".repeat(Texts.KEY_LENGTH));
  }

  @Test
  void aRunIsFoundWhereItsWordsFollowEachOther() {
    String text = "Acute heart, heart failure";
    assertThat(new WordRun(List.of("heart", "failure"), false).isIn(text)).isTrue();
    assertThat(new WordRun(List.of("acute", "failure"), false).isIn(text)).isFalse();
    assertThat(new WordRun(List.of("heart", "fail"), false).isIn(text)).isFalse();
    assertThat(new WordRun(List.of("heart", "fail"), true).isIn(text)).isTrue();
    assertThat(new WordRun(List.of("ac", "heart"), true).isIn(text)).isFalse();
    assertThat(new WordRun(List.of("failure", "x"), false).isIn(text)).isFalse();
    assertThat(new WordRun(List.of("x"), false).isIn("")).isFalse();
  }
}
