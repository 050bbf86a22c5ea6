package org.skerry.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "function (doc) { for (var i = 0; i < 3; i++) { var x = doc.v[i]; emit(x, null); } }",
        "function (keys, values) { return sum(values); }",
        "function (doc) { emit(doc.outlet, doc.constant); }",
        "_sum"
      })
  void whatHasAlwaysMeantTheSameHasNone(String source) {
    assertThat(Edition.of(source)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function (doc) { for (var i = 0; i < 3; i++) { const x = doc.v[i]; emit(x); } }",
        "function (doc) {\n  let x;\n}",
        "{\"a\":\"exports.x = 1;\\nconst y = 2;\"}",
        "(doc) => emit(doc._id)",
        "function (doc) { var [a, b] = new Set(doc.v); emit(a, b); }",
        "function (doc) { var {v = 1} = doc; emit(v); }"
      })
  void whatMeantSomethingElseHasOne(String source) {
    assertThat(Edition.of(source)).isEqualTo("2022");
  }
}
