package org.skerry.script.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.script.ScriptException;

class LoweringTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "function (doc) { if (doc.type == 'a') { emit(doc._id, null) } }",
        "function(d){for(var i=0;i<d.n;i++)if(/[/]/.test(d.s))emit(d.s/2/i)}",
        "// what it does\nfunction named(doc) { /* b */ emit(doc.a ? 1 : {b: [1,,2]}); }",
        "function (d) { a: for (var k in d) { switch (k) { case 'x': continue a; default: break a }"
            + " } }",
        "function (d) { try { throw d } catch (e) { do { e-- } while (e in d) } finally { with (d)"
            + " x = 1 } }",
        "function (d) { return d\n+ 1\n/ 2 }",
        "(doc) => emit(doc.a?.b ?? `x${doc.c}`)",
        "function (d) { return {get a() { return 1 }, set a(v) {}, 'b': 2, 3: 4, [d]: 5, c() {}, d}"
            + " }",
        "function* () { yield; yield* [1]; var x = yield 2; }",
        "function (d) { var let_ = 1, of = 2, get = 3, async = 4; return async / of / get }",
        "function (d) { return d.class + d.if.new + ({class: 1, async: 2}).class }"
      })
  void whatTheEngineKnowsStaysAsItStands(String source) {
    assertThat(Lowering.expression(source)).isEqualTo(source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "const a = 1 | let a = 1",
        "for (const x of y) f(x) | for (let x of y) f(x)",
        "for (const x of y) f(() => x); | for (let $_1 of y) { let x = $_1; f(() => x); }",
        "let a, b = 2 | let a = void 0, b = 2",
        "f(...a) | $skerry.apply(f, [...a])",
        "a.b.c(1, ...d) | $skerry.call(a.b, \"c\", [1, ...d])",
        "new F(...a) | $skerry.make(F, [...a])",
        "(a, ...b) => b | $skerry.rest(1, (a, b) => b)",
        "let [a, b] = c | let [a, b] = $skerry.list(c, 2)"
      })
  void whatItLacksIsSaidInOtherWords(String source, String written) {
    assertThat(Lowering.statements(source)).isEqualTo(written);
  }

  /** What begins a line behind an arrow function begins a statement, too. */
  @Test
  void aFunctionThatCollectsIsNotCalledByTheNextLine() {
    written("a = (...b) => {}\n(c)", "a = $skerry.rest(0, (b) => {});\n(c)");
    written("a = (...b) => b++\n[c]", "a = $skerry.rest(0, (b) => b++);\n[c]");
    written("a = (...b) => {} // c\n`d`", "a = $skerry.rest(0, (b) => {}); // c\n`d`");
    written("let a = (...b) => {}\n+c", "let a = $skerry.rest(0, (b) => {});\n+c");
    written("if (a) b = (...c) => {}\nelse d", "if (a) b = $skerry.rest(0, (c) => {});\nelse d");
    written("a = (...b) => b\n(c)", "a = $skerry.rest(0, (b) => b\n(c))");
  }

  /** The semicolon stands behind all that is put around the function. */
  @Test
  void aFunctionThatCollectsMayBeTheLastPartOfWhatIsSaidInOtherWords() {
    written(
        "const f = (...a) => (...b) => a\nconst g = f",
        "let f = $skerry.rest(0, (a) => $skerry.rest(0, (b) => a));\nlet g = f");
    written("a = (b) => (...c) => {}\n(d)", "a = (b) => $skerry.rest(0, (c) => {});\n(d)");
    written(
        "a = ([b]) => (...c) => c\nd",
        "a = ($_1) => { var [b] = $skerry.list($_1, 1); return ($skerry.rest(0, (c) => c)); }\nd");
    written("[a] = (...b) => {}\n(c)", "[a] = $skerry.list($skerry.rest(0, (b) => {}), 1);\n(c)");
    assertThat(Lowering.statements("class A { f = (...a) => a\n g() {} }"))
        .contains("return ($skerry.rest(0, (a) => a)); }]);")
        .doesNotContain(");)");
    assertThat(Lowering.statements("if (x) for (let i = 0; i < 2; i++) f = (...a) => i\nelse g()"))
        .contains("f = $skerry.rest(0, (a) => i) } finally")
        .endsWith("} }\nelse g()");
  }

  @Test
  void aFunctionThatCollectsWithinAnExpressionDoesNotEndIt() {
    written(
        "f((...a) => {}, b ? (...c) => {} : d)",
        "f($skerry.rest(0, (a) => {}), b ? $skerry.rest(0, (c) => {}) : d)");
    written("[(...a) => {}\n]", "[$skerry.rest(0, (a) => {})\n]");
    written("{ a = (...b) => {} }", "{ a = $skerry.rest(0, (b) => {}) }");
    written("a = (...b) => {}\n;(c)", "a = $skerry.rest(0, (b) => {})\n;(c)");
    written("`${(...a) => {}}`", "`${$skerry.rest(0, (a) => {})}`");
  }

  private static void written(String source, String written) {
    assertThat(Lowering.statements(source)).isEqualTo(written);
  }

  @Test
  void namesThatAreAddedAreNotInTheSource() {
    assertThat(Lowering.statements("$_1 = 0; for (const x of y) f(() => x)"))
        .contains("let $__1 of y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class A\n{\nconstructor(\na) {\n}\n\nm() {}\nf\n= 1\nstatic\n{ }\n}",
        "let\n{a,\n...b}\n= c",
        "for (let i = 0;\ni < 3;\ni++)\n{ f(() =>\ni) }",
        "for (const {a,\nb = 1} of\nc) { f(\n) }",
        "a\n.b\n(1,\n...c\n)",
        "function f({a,\n...b},\n[c\n]) {\n}",
        "x = (\n...a\n) => {\n}",
        "class A extends B { m() { return super\n.m(1,\n2) } get x() { return super\n.y } }",
        "const c = 1; c\n=\n2",
        "`a\n${(...b) => `\n`}`"
      })
  void linesStayWhereTheyAre(String source) {
    String written = Lowering.statements(source + "\nlast");
    assertThat(written.lines().count()).isEqualTo((source + "\nlast").lines().count());
    assertThat(written).endsWith("\nlast").isNotEqualTo(source + "\nlast");
  }

  @Test
  void whatFollowsAFunctionIsCutOff() {
    assertThat(Lowering.expression("function () {} // done\n; ;")).isEqualTo("function () {}");
    assertThatThrownBy(() -> Lowering.expression("function () {} function () {}"))
        .isInstanceOf(ScriptException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "f('x | a text does not end",
        "f(`x | a template does not end",
        "f(`x${1 | unexpected end",
        "/* x | a comment does not end",
        "/x | a regular expression does not end",
        "f( | unexpected end",
        "{ | unexpected end",
        "class A { m( | unexpected end",
        "a b | unexpected b",
        "@ | unexpected @",
        "let [a = 1 | unexpected end",
        "x = => 1 | unexpected =>",
        "class A { m() { this.#x } } | no class here has #x"
      })
  void whatIsNoJavaScriptIsNamed(String source, String reason) {
    assertThatThrownBy(() -> Lowering.statements("\n" + source))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("line 2");
  }

  @Test
  void longListsAreNotDeep() {
    String sum = "a + ".repeat(20_000) + "a";
    assertThat(Lowering.statements("const b = [" + "a, ".repeat(20_000) + sum + "]"))
        .startsWith("let b = [a, a");
  }
}
