package org.skerry.fhir.search.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class FilterReaderTest {
  /** With all brackets, so that nothing is left to guess. */
  private static String spelled(String text) {
    return spelled(FilterReader.read(text));
  }

  private static String spelled(Filter filter) {
    return switch (filter) {
      case Filter.Test(Filter.Path path, Operator operator, String value, int at) ->
          spelled(path) + " " + operator.text() + " <" + value + ">";
      case Filter.All(List<Filter> parts) -> spelled(parts, " & ");
      case Filter.Any(List<Filter> parts) -> spelled(parts, " | ");
      case Filter.Not(Filter part) -> "!" + spelled(part);
    };
  }

  private static String spelled(Filter.Path path) {
    return path.name()
        + path.where().map(where -> "[" + spelled(where) + "]").orElse("")
        + path.rest().map(rest -> "." + spelled(rest)).orElse("");
  }

  private static String spelled(List<Filter> parts, String between) {
    return parts.stream()
        .map(FilterReaderTest::spelled)
        .collect(Collectors.joining(between, "(", ")"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "name co \"pet\";name co <pet>",
        "given eq \"peter\" and birthdate ge 2014-10-10;(given eq <peter> & birthdate ge"
            + " <2014-10-10>)",
        "code eq http://loinc.org|1234-5;code eq <http://loinc.org|1234-5>",
        "subject.name co \"pet\";subject.name co <pet>",
        "related[type eq has-component].target re Observation/4;related[type eq"
            + " <has-component>].target re <Observation/4>",
        "subject:Patient.name sw x;subject:Patient.name sw <x>",
        "_has:Observation:patient:code eq x;_has:Observation:patient:code eq <x>",
        "a eq 1 and b eq 2 or c eq 3;((a eq <1> & b eq <2>) | c eq <3>)",
        "a eq 1 or b eq 2 and c eq 3;((a eq <1> | b eq <2>) & c eq <3>)",
        "a eq 1 or (b eq 2 and c eq 3);(a eq <1> | (b eq <2> & c eq <3>))",
        "a eq 1 and b eq 2 and c eq 3;(a eq <1> & b eq <2> & c eq <3>)",
        "not (a eq 1 or b eq 2);!(a eq <1> | b eq <2>)",
        "NOT(a EQ 1) AND b Co 2;(!a eq <1> & b co <2>)",
        "not ( not (a pr true));!!a pr <true>",
        "  (  a   eq   1  )  ;a eq <1>",
        "a eq \"x ) ] \\\" \\\\ \\/ \\u00e9 \\t\";a eq <x ) ] \" \\ / é \t>",
        "a eq \"\";a eq <>",
        "a[b eq 1 and c[d eq 2].e pr true].f eq 3;a[(b eq <1> & c[d eq <2>].e pr <true>)].f eq <3>",
        "and-more eq 1 and notes eq 2;(and-more eq <1> & notes eq <2>)",
        "android eq or;android eq <or>",
        "a eq x\"y\";a eq <x\"y\">",
      })
  void expressionsAreReadFromLeftToRight(String text, String meaning) {
    assertThat(spelled(text)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "`  `;2;name of a search parameter is expected at the end",
        "a;1;an operator (eq, ne, ",
        "a is 1;2;not \"is\"",
        "a eq;4;a value behind \"eq\" is expected at the end",
        "a eq );5;a value behind \"eq\"",
        "(a eq 1;0;\"(\" is not closed",
        "a eq 1);6;\"and\", \"or\" or the end is expected, and not \")\"",
        "a eq 1 b eq 2;7;\"and\", \"or\" or the end",
        "(a eq 1];7;\"and\", \"or\" or \")\" is expected",
        "a eq 1 and;10;name of a search parameter",
        "a eq 1 and and b eq 2;15;operator",
        "not a eq 1;4;\"(\" behind \"not\"",
        "a[b eq 1] eq 2;9;\".\" behind \"]\"",
        "a[b eq 1.c eq 2;11;\"]\" is expected",
        "a[b eq 1;1;\"[\" is not closed",
        "a. eq 1;2;name of a search parameter",
        "1a eq 1;0;name of a search parameter",
        "-a eq 1;0;name of a search parameter",
        "a=1;1;a blank behind the name",
        "a,b eq 1;1;a blank behind the name",
        "a eq \"x;5;string is not closed",
        "a eq \"x\\\";5;string is not closed",
        "a eq \"\\x\";7;no such escape",
        "a eq \"\\u12g4\";10;four hexadecimal digits",
        "a eq \"\\u12;10;four hexadecimal digits",
        "a eq \"x\"y;8;the end is expected",
      })
  void whatCannotBeReadIsRefusedWithItsPlace(String text, int at, String reason) {
    Refusal.of(() -> FilterReader.read(text), at, reason);
  }

  @Test
  void whatIsTooMuchIsRefused() {
    assertThat(spelled("(".repeat(15) + "a eq 1" + ")".repeat(15))).isEqualTo("a eq <1>");
    for (String bad :
        List.of(
            "(".repeat(16) + "a eq 1" + ")".repeat(16),
            "a[".repeat(1_000),
            "not (".repeat(1_000))) {
      assertThatThrownBy(() -> FilterReader.read(bad))
          .isInstanceOf(GrammarException.class)
          .hasMessageContaining("more than 16 brackets");
    }
    String many = "a eq 1" + " or a eq 1".repeat(99);
    assertThat(spelled(many)).startsWith("(a eq <1> | a eq <1>");
    assertThatThrownBy(() -> FilterReader.read(many + " or a eq 1"))
        .isInstanceOf(GrammarException.class)
        .hasMessageContaining("more than 100 comparisons");
  }

  /** Whatever is written, it is read or refused by a place within it. */
  @Test
  void nothingElseEverHappens(SplittableRandom random) {
    List<String> parts =
        List.of(
            "a",
            "not",
            "and",
            "or",
            "eq",
            "pr",
            " ",
            " ",
            "(",
            ")",
            "[",
            "]",
            ".",
            "\"",
            "\\",
            "u00e9",
            "1",
            "_has:A:b:c",
            "é",
            "\ud83d",
            "ne",
            ":",
            "-");
    int read = 0;
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "a eq 1 " : "");
      for (int n = random.nextInt(9); n > 0; n--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      try {
        FilterReader.read(text.toString());
        read++;
      } catch (GrammarException e) {
        assertThat(e.at()).as(text.toString()).isBetween(0, text.length());
      }
    }
    assertThat(read).isPositive();
  }
}
