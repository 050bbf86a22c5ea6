package org.skerry.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.script.ScriptException.Kind;
import tools.jackson.databind.JsonNode;

/** Design documents as they are written today. */
class ModernDesignTest {
  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);

  private static final JsonNode DESIGN =
      Mapped.json(
          """
          {"_id": "_design/d",
           "lib": {
             "money": "class Money { #cents; constructor(n) { this.#cents = Math.round(n * 100) } get cents() { return this.#cents } }\\nclass Tax extends Money { constructor(...all) { super(...all); this.rate = 0.2 } get cents() { return super.cents * (1 + this.rate) } }\\nmodule.exports = {Money, Tax};"},
           "validate_doc_update": "(newDoc, oldDoc, {name, roles: [first, ...others]}, secObj) => {\\n  class Refusal { constructor(why, ...more) { this.forbidden = [why, ...more].join(' ') } }\\n  for (const [key, value] of Object.entries(newDoc)) {\\n    const rule = {amount: v => v > 0}[key];\\n    if (rule && !rule(value)) throw new Refusal(key, name, first, others.length);\\n  }\\n}",
           "filters": {"mine": "({owner, ...rest}, {query: {user = 'nobody'}}) => owner === user && Object.keys(rest).length > 0"},
           "updates": {"add": "(doc, {query, body}) => { const {Tax} = require('lib/money'); const {amount = 1, ...other} = JSON.parse(body); doc = {...(doc ?? {_id: query.id}), ...other, cents: new Tax(amount).cents}; return [doc, `saved ${Object.keys(other)}`]; }"}}
          """);

  @AfterAll
  static void close() {
    SCRIPTS.close();
  }

  @Test
  void theyValidate() {
    JsonNode nurse = Mapped.json("{\"name\":\"nurse\",\"roles\":[\"ward\",\"a\",\"b\"]}");
    try (DesignScript script = SCRIPTS.design(DESIGN)) {
      script.validate(Mapped.bytes("{\"amount\":1}"), Optional.empty(), nurse, Mapped.json("{}"));
      assertThatThrownBy(
              () ->
                  script.validate(
                      Mapped.bytes("{\"amount\":0}"), Optional.empty(), nurse, Mapped.json("{}")))
          .isInstanceOfSatisfying(
              ScriptException.class,
              e ->
                  assertThat(e.thrown().orElseThrow().path("forbidden").asString())
                      .isEqualTo("amount nurse ward 2"));
    }
  }

  @Test
  void theyFilter() {
    List<byte[]> documents =
        List.of(
            Mapped.bytes("{\"owner\":\"nobody\",\"x\":1}"),
            Mapped.bytes("{\"owner\":\"nobody\"}"),
            Mapped.bytes("{\"owner\":\"me\",\"x\":1}"));
    try (DesignScript script = SCRIPTS.design(DESIGN)) {
      assertThat(script.filter("mine", documents, Mapped.json("{\"query\":{}}")))
          .containsExactly(true, false, false);
      assertThat(script.filter("mine", documents, Mapped.json("{\"query\":{\"user\":\"me\"}}")))
          .containsExactly(false, false, true);
    }
  }

  @Test
  void theyUpdateWithModulesThatHaveClasses() {
    JsonNode request =
        Mapped.json("{\"query\":{\"id\":\"a\"},\"body\":\"{\\\"amount\\\":5,\\\"b\\\":2}\"}");
    try (DesignScript script = SCRIPTS.design(DESIGN)) {
      DesignScript.Updated updated = script.update("add", Optional.empty(), request);
      assertThat(updated.document().orElseThrow().toString())
          .isEqualTo("{\"_id\":\"a\",\"b\":2,\"cents\":600}");
      assertThat(updated.response().path("body").asString()).isEqualTo("saved b");
    }
  }

  @Test
  void theyReduce() {
    String source =
        "(keys, values, rereduce) => { let total = 0; for (const [n, ...more] of values) { const m"
            + " = n + more.length; total += m } return total }";
    try (ReduceScript script = SCRIPTS.reduce(source)) {
      assertThat(script.rereduce(List.of(Mapped.json("[1]"), Mapped.json("[2,9,9]"))).asInt())
          .isEqualTo(5);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "doc.x.y | TypeError",
        "doc.m(...[1]) | m is not a function",
        "const {a, ...b} = doc.x; | no properties",
        "const [a] = doc; | TypeError",
        "const c = 1; c = 2; | invalid assignment to const",
        "for (const x of [1]) { (() => x.y.z)() } | TypeError"
      })
  void aMistakeIsNamedWithItsLine(String statement, String reason) {
    String source =
        "(doc) => {\nclass A { m() {\n} }\nfor (let i = 0; i < 1; i++) { (() => i)()\n}\n"
            + statement
            + "\n}";
    assertThat(Mapped.by(SCRIPTS, source, "{}").failure())
        .hasMessageContaining(reason)
        .hasMessageContaining("line 6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (let i = 0; ; i++) { (() => i)() }",
        "const [...all] = (function* () { for (;;) yield 1 })()",
        "class A { static { for (;;) {} } }",
        "const f = (...r) => f(...r); f(1)",
        "class A { constructor() { new A() } } new A()"
      })
  void whatNeverEndsIsEnded(String body) {
    ScriptLimits limits = ScriptLimits.DEFAULT.withTime(Duration.ofMillis(200));
    try (Scripts bounded = new Scripts(limits)) {
      assertThat(failure(bounded, "() => { " + body + " }").isExcess()).isTrue();
    }
  }

  /** Be it of compiling it. */
  private static ScriptException failure(Scripts scripts, String source) {
    try {
      return Mapped.by(scripts, source, "{}").failure();
    } catch (ScriptException e) {
      return e;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "[", "{", "!", "f(", "a=", "()=>", "`${", "if(1)", "new ", "class{a="})
  void whatIsNestedTooDeeplyIsRefused(String opening) {
    assertThat(failure(SCRIPTS, "() => { const a = 1;" + opening.repeat(50_000)))
        .hasMessageContaining("nested too deeply");
  }

  @ParameterizedTest
  @ValueSource(strings = {".a", "()", "[0]", "`x`"})
  void aChainHasAnEnd(String link) {
    assertThat(failure(SCRIPTS, "() => { const a = b" + link.repeat(50_000) + "}"))
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void helpersCannotBeReplaced() {
    Mapped mapped =
        Mapped.by(
            SCRIPTS,
            "(doc) => { try { $skerry = null; $skerry.list = null } catch (e) { } this.$skerry = 1;"
                + " const [a] = new Set([1]); emit(a) }",
            "{}");
    assertThat(mapped.rows()).containsExactly("0:[1,null]");
  }

  @Test
  void whatGrowsTooMuchByBeingRewrittenIsNotCompiled() {
    String source = "() => {" + "class A {}".repeat(2_000) + "}";
    try (Scripts bounded = new Scripts(ScriptLimits.DEFAULT.withSource(source.length()))) {
      assertThatThrownBy(() -> bounded.maps(List.of(source), Optional.empty()))
          .isInstanceOfSatisfying(
              ScriptException.class, e -> assertThat(e.kind()).isEqualTo(Kind.COMPILE))
          .hasMessageContaining("characters, at most");
    }
  }

  /** A parenthesis at the beginning of a line would call what stands before it. */
  @Test
  void semicolonsMayBeLeftOutBeforeWhatIsSaidInOtherWords() {
    String source =
        """
        (function () {
          const told = []
          class A { constructor(x) { told.push(x) } }
          class B extends A {
            constructor(x) {
              const tell = told.push.bind(told)
              super(x)
              tell(2)
            }
          }
          new B(1)
          const c = told
          try {
            let f = () => 3
            c = 4
          } catch (e) {
            told.push(e.name)
          }
          return told
        })()\
        """;
    assertThat(Mapped.value(SCRIPTS, source)).isEqualTo("[1,2,\"TypeError\"]");
  }
}
