package org.skerry.fhir.search.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextQueryReaderTest {
  /** With all brackets, so that nothing is left to guess. */
  private static String spelled(String text) {
    return spelled(TextQueryReader.read(text));
  }

  private static String spelled(TextQuery query) {
    return switch (query) {
      case TextQuery.Written(String text, boolean open, int at) -> text + (open ? "…" : "");
      case TextQuery.All(List<TextQuery> parts) -> spelled(parts, " & ");
      case TextQuery.Any(List<TextQuery> parts) -> spelled(parts, " | ");
      case TextQuery.Not(TextQuery part) -> "!" + spelled(part);
    };
  }

  private static String spelled(List<TextQuery> parts, String between) {
    return parts.stream()
        .map(TextQueryReaderTest::spelled)
        .collect(Collectors.joining(between, "(", ")"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "bone;bone",
        "bone liver;(bone & liver)",
        "bone AND liver;(bone & liver)",
        "bone OR liver;(bone | liver)",
        "(bone OR liver) and metastases;((bone | liver) & metastases)",
        "a or b c or d;(a | (b & c) | d)",
        "a, b c;(a | (b & c))",
        "(a,b) c;((a | b) & c)",
        "not a b;(!a & b)",
        "not (a b);!(a & b)",
        "NOT NOT a;!!a",
        "\"heart failure\" left;(heart failure & left)",
        "\"a, (b) or \\\" c\";a, (b) or \" c",
        "a\"b c\"d;(a & b c & d)",
        "met*;met*…",
        "met\\*;met*",
        "met*s;met*s",
        "a\\,b;a,b",
        "\"or\";or",
        "order android nothing;(order & android & nothing)",
        "((a));a",
        "a\\;a\\",
      })
  void whatIsLookedForIsRead(String text, String meaning) {
    assertThat(spelled(text)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "(a;0;not closed",
        "a);1;closes nothing",
        "a (b or (c d);2;not closed",
        "\"a b;0;quote is not closed",
        "a \"b\\\";2;quote is not closed",
        "a or;4;a word is expected",
        "and a;0;a word is expected",
        "a and or b;6;a word is expected",
        "a,,b;2;a word is expected",
        "a,;2;a word is expected",
        ",;0;a word is expected",
        "();1;a word is expected",
        "not;3;a word is expected",
        "` `;1;a word is expected",
      })
  void whatCannotBeReadIsRefusedWithItsPlace(String text, int at, String reason) {
    Refusal.of(() -> TextQueryReader.read(text), at, reason);
  }

  @Test
  void whatIsTooMuchIsRefused() {
    String deep = "(".repeat(15);
    assertThat(spelled(deep + "a" + ")".repeat(15))).isEqualTo("a");
    for (String bad :
        List.of("(" + deep + "a" + ")".repeat(16), "not ".repeat(16) + "a", "(".repeat(1_000))) {
      assertThatThrownBy(() -> TextQueryReader.read(bad))
          .isInstanceOf(GrammarException.class)
          .hasMessageContaining("more than 16");
    }
    assertThat(spelled("a ".repeat(100))).hasSize(2 + 100 + 99 * 3);
    assertThatThrownBy(() -> TextQueryReader.read("a ".repeat(101)))
        .isInstanceOf(GrammarException.class)
        .hasMessageContaining("more than 100 words");
  }
}
