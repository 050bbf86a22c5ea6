package org.skerry.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " | ",
      value = {
        "^[[:alpha:]]+$            | abc    | true",
        "^[[:^alpha:]]+$           | abc    | false",
        "^[[:digit:]_-]{4}$        | 2_0-   | true",
        "^[[a]+$                   | [a     | true",
        "^[]a]+$                   | ]a     | true",
        "^[^]a]+$                  | bc     | true",
        "^[a&&b]+$                 | a&b    | true",
        "^{x}$                     | {x}    | true",
        "^a{2}$                    | aa     | true",
        "^a{2,}$                   | aaa    | true",
        "(?P<y>a)(?P=y)            | aa     | true",
        "(?<first_name>a)\\k{first_name} | aa | true",
        "(?'y'a)\\k<y>             | aa     | true",
        "(?#note)a(?#more)b        | ab     | true",
        "\\Q[a(\\E                 | x[a(   | true",
        "(?:a|b)(?=c)              | bc     | true",
        "(?<!a)b                   | ab     | false",
        "(?i-s:A)                  | a      | true",
        "^.$                       | é      | true",
        "[\\]]                     | ]      | true",
        "\\d+\\.\\d*               | 3.     | true",
      })
  void understandsPcre(String pcre, String text, boolean expected) {
    assertThat(Regex.compile(pcre).isFoundIn(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "a**",
        "\\",
        "(?R)",
        "(?(1)a|b)",
        "a{65536}",
        "(?U)a",
        "(?P<a",
        "(?#",
        "[[:nope:]]",
        "(?:(?:a*){999}){999}",
        "(*ACCEPT)a",
        "a\\Kb",
        "a{99999999999999999999}",
        "(?:\\G{65535}\\G{65535}){999}z",
        "()(\\1{60000}){500}",
        "(?:^{999}${999})",
        "(?<n>)\\k<n>{5000}"
      })
  void refusesWhatItCannotDo(String pcre) {
    assertThatExceptionOfType(PatternSyntaxException.class).isThrownBy(() -> Regex.compile(pcre));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^\\d{4}$",
        "(ab){5}",
        "\\${1001}",
        "\\\\{1001}",
        "[$^]{2000}",
        "(a)\n{2000}",
        "b{2000}",
        "1{2000}",
        "(\\d{2}){3}-\\w{1000}"
      })
  void repeatsWhatIsLookedAt(String pcre) {
    assertThat(Regex.compile(pcre)).isNotNull();
  }

  @Test
  void catastrophicBacktrackingEndsWithoutAMatch() {
    String text = "a".repeat(60) + "!";
    assertThat(Regex.compile("^(a+)+$").isFoundIn(text)).isFalse();
    assertThat(Regex.compile("^(a|a)*$").isFoundIn(text)).isFalse();
    assertThat(Regex.compile("(x+x+)+y").isFoundIn("x".repeat(5000))).isFalse();
  }

  @Test
  void longTextsAreSearchedToTheirEnd() {
    String text = "lorem ipsum ".repeat(500_000) + "needle";
    assertThat(Regex.compile("need.e$").isFoundIn(text)).isTrue();
  }

  @Test
  void aRepeatedGroupOnAVeryLongTextDoesNotOverflow() {
    assertThat(Regex.compile("^(?:a|b|cc)*$").isFoundIn("ab".repeat(200_000))).isIn(true, false);
  }

  @Test
  void anythingIsAPatternOrASyntaxError() {
    Random random = new Random(11);
    String alphabet = "ab1(){}[]^$\\.*+?|:-<>='P#&Qk,gU_é\n";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder pcre = new StringBuilder();
      for (int j = random.nextInt(14); j >= 0; j--) {
        pcre.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Regex.compile(pcre.toString()).isFoundIn("ab1(a)[b]");
      } catch (PatternSyntaxException expected) {
        assertThat(expected.getMessage()).isNotNull();
      }
    }
  }
}
