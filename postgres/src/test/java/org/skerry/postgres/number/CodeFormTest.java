package org.skerry.postgres.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeFormTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 5);

  private static CodeForm plain(String prefix, String suffix, int padding) {
    return CodeForm.plain(prefix, suffix, Optional.of(padding));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      textBlock =
          """
          P$  , -x , 0, P$17-x, 17
          P   , '' , 5, P00017, 17
          P   , '' , 5, P100017, 100017
          P   , '' , 5, P17, none
          P   , '' , 5, P000017, none
          ''  , '' , 0, 17, 17
          ''  , '' , 0, 017, none
          ''  , '' , 0, 0, 0
          ''  , '' , 0, 999999999999999999, 999999999999999999
          ''  , '' , 0, 1000000000000000000, none
          ''  , '' , 0, 17-hill, none
          ''  , '' , 0, '', none
          ''  , '' , 0, -5, none
          ''  , '' , 0, 1.5, none
          ''  , '' , 0, ٣, none
          P   , '' , 0, 17, none
          P.  , '' , 0, PX17, none
          """)
  void aNumberIsReadWhereTheApplicationMayHaveMadeTheCode(
      String prefix, String suffix, int padding, String code, Long number) {
    assertThat(plain(prefix, suffix, padding).number(code))
        .isEqualTo(number == null ? OptionalLong.empty() : OptionalLong.of(number));
  }

  @Test
  void zerosMayStandThereWhereNobodySaysHowMany() {
    CodeForm form = CodeForm.plain("", "", Optional.empty());
    assertThat(form.number("007")).hasValue(7);
    assertThat(form.code(8, "007", TODAY)).isEqualTo("008");
    assertThat(form.code(1_000, "007", TODAY)).isEqualTo("1000");
    assertThat(form.code(8, "7", TODAY)).isEqualTo("8");
  }

  @Test
  void whatIsNoCodeAnyMoreIsNotLookedThrough() {
    assertThat(CodeForm.template("${a}${b}", "", 0).number("1".repeat(100_000))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      textBlock =
          """
          ${year}/        , ''       , 2026/17, 17
          ${year}/        , ''       , 1999/17, 17
          ${year}/        , ''       , 26/17, none
          $year-$month-   , -${day}  , 2026-01-17-05, 17
          $$              , $$$      , $17$$, 17
          ${ward}-        , ''       , ICU-17, 17
          ${ward}         , ''       , 2B17, 17
          ${              , ''       , ${17, 17
          """)
  void datesAndOtherBlanksMayBeAnyOfTheirKind(
      String prefix, String suffix, String code, Long number) {
    assertThat(CodeForm.template(prefix, suffix, 0).number(code).isPresent())
        .isEqualTo(number != null);
    if (number != null && !prefix.equals("${ward}")) {
      assertThat(CodeForm.template(prefix, suffix, 0).number(code)).hasValue(number);
    }
  }

  @Test
  void aNewCodeKeepsWhatStoodAroundTheOldNumber() {
    CodeForm form = CodeForm.template("${ward}-${year}/", "", 3);
    assertThat(form.code(18, "ICU-2025/017", TODAY)).isEqualTo("ICU-2025/018");
    assertThat(form.code(18, "by hand", TODAY)).isEqualTo("-2026/018");
    assertThat(CodeForm.template("$$${month}${day}-", "", 0).code(5, "x", TODAY))
        .isEqualTo("$0105-5");
    assertThat(plain("$year", "", 0).code(5, "x", TODAY)).isEqualTo("$year5");
  }
}
