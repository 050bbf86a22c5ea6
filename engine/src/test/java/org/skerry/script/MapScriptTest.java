package org.skerry.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.script.ScriptException.Kind;

class MapScriptTest {
  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);

  @AfterAll
  static void close() {
    SCRIPTS.close();
  }

  private static Mapped map(String source, String document) {
    return Mapped.by(SCRIPTS, source, document);
  }

  @Test
  void aFunctionEmitsKeysAndValues() {
    Mapped mapped =
        map(
            "function (doc) { doc.items.forEach(function (i) { emit([doc._id, i.n], i); }); }",
            "{\"_id\":\"a\",\"items\":[{\"n\":1},{\"n\":2.5}]}");
    assertThat(mapped.rows())
        .containsExactly("0:[[\"a\",1],{\"n\":1}]", "0:[[\"a\",2.5],{\"n\":2.5}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function (doc) {emit(1)}",
        "function(doc){emit(1)};",
        "function named(doc) {emit(1)}",
        "(doc) => emit(1)",
        "doc => { emit(1); };\n",
        "(function (doc) {emit(1)})",
        "// says what it does\nfunction (doc) {emit(1)} // done",
        "/* a */ function (doc) { /* b */ emit(1) } /* c */ ; ;",
        "\uFEFFfunction (doc) {emit(1)}",
        "function (doc) { const f = x => x; for (const x of [1]) emit(f(x)) }"
      })
  void sourcesComeInManyForms(String source) {
    assertThat(map(source, "{}").rows()).containsExactly("0:[1,null]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ;", "// nothing", "3", "var x = 1; function (doc) {}", "{}"})
  void whatIsNoFunctionIsNotCompiled(String source) {
    assertThatThrownBy(() -> SCRIPTS.maps(List.of(source), Optional.empty()))
        .isInstanceOfSatisfying(
            ScriptException.class, e -> assertThat(e.kind()).isEqualTo(Kind.COMPILE));
  }

  @Test
  void aSyntaxErrorNamesItsLine() {
    assertThatThrownBy(
            () -> SCRIPTS.maps(List.of("function (doc) {\n  emit(;\n}"), Optional.empty()))
        .hasMessageContaining("line 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "undefined | null",
        "function () {} | null",
        "NaN | null",
        "-0 | 0",
        "1/3 | 0.3333333333333333",
        "9007199254740991 | 9007199254740991",
        "2147483648 | 2147483648",
        "new Date(0) | \"1970-01-01T00:00:00.000Z\"",
        "{a: undefined, b: function () {}, c: null} | {\"c\":null}",
        "[undefined, function () {}] | [null,null]",
        "new String('x') | \"x\"",
        "Object(true) | true",
        "{toJSON: function () { return 'me'; }} | \"me\"",
        "'a' + 'b' | \"ab\"",
        "{2: 'b', 1: 'a', x: 0} | {\"1\":\"a\",\"2\":\"b\",\"x\":0}",
        "'\\ud800' | \"\uFFFD\"",
        "[,1] | [null,1]",
        "new Map([[1, 2]]) | {}"
      })
  void valuesAreWrittenAsJavaScriptWritesThem(String expression, String json) {
    assertThat(Mapped.value(SCRIPTS, expression)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-2147483648",
        "4294967296",
        "9007199254740991",
        "0.1",
        "1.5E-7",
        "true",
        "null",
        "\"\u00e9\ud83d\ude00\"",
        "[]",
        "{}",
        "{\"0\":1,\"07\":2,\"x\":{\"y\":[1,[2]]}}"
      })
  void documentsGoThroughUnchanged(String json) {
    Mapped mapped = map("function (doc) { emit(doc.v) }", "{\"v\":" + json + "}");
    assertThat(mapped.rows()).containsExactly("0:[" + json + ",null]");
  }

  @Test
  void membersThatLookLikeIndexesAreFound() {
    Mapped mapped =
        map(
            "function (doc) { emit(doc['2020'], [doc[7], doc['07'], '2020' in doc]) }",
            "{\"2020\":1,\"7\":2,\"07\":3}");
    assertThat(mapped.rows()).containsExactly("0:[1,[2,3,true]]");
  }

  @Test
  void numbersOfAnyLengthAreRead() {
    String digits = "1".repeat(400_000);
    Mapped mapped =
        map(
            "function (doc) { emit([doc.a, doc.b, doc.c === Infinity]) }",
            "{\"a\":1234567890123,\"b\":-0.5e1,\"c\":" + digits + "}");
    assertThat(mapped.rows()).containsExactly("0:[[1234567890123,-5,true],null]");
  }

  @Test
  void wholeNumbersBeyondTheExactOnesLoseDigits() {
    Mapped mapped = map("function (doc) { emit(doc.v) }", "{\"v\":9007199254740993}");
    assertThat(mapped.rows()).containsExactly("0:[9007199254740992,null]");
  }

  @Test
  void aFunctionThatThrowsEmitsNothingAndTheOthersGoOn() {
    List<String> sources =
        List.of(
            "function (doc) { emit(1); doc.missing.x }",
            "function (doc) { emit(2) }",
            "function (doc) { throw {a: 1} }");
    try (MapScript script = SCRIPTS.maps(sources, Optional.empty())) {
      Mapped mapped = new Mapped();
      script.run(Mapped.bytes("{}"), mapped);
      assertThat(mapped.rows()).containsExactly("1:[2,null]");
      assertThat(mapped.failure().name()).isEqualTo("TypeError");
      assertThat(mapped.failure()).hasMessageContaining("line 1");
      script.run(Mapped.bytes("{\"missing\":{}}"), mapped);
      assertThat(mapped.rows()).containsExactly("1:[2,null]", "0:[1,null]", "1:[2,null]");
    }
  }

  @Test
  void noFunctionSeesWhatAnotherOneDidToTheDocument() {
    String spoil = "function (doc) { doc.a = 2; delete doc.b; doc.c.push(9); }";
    String more =
        "function (doc) { doc.c[0] = 7; doc.c.length = 0; Object.defineProperty(doc, 'a', {value:"
            + " 5}); }";
    String look = "function (doc) { emit([doc.a, doc.b, doc.c]) }";
    try (MapScript script = SCRIPTS.maps(List.of(spoil, more, look), Optional.empty())) {
      Mapped mapped = new Mapped();
      script.run(Mapped.bytes("{\"a\":1,\"b\":1,\"c\":[3,1]}"), mapped);
      assertThat(mapped.rows()).containsExactly("2:[[1,1,[3,1]],null]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "push(1)",
        "pop()",
        "shift()",
        "unshift(1)",
        "splice(0)",
        "sort()",
        "reverse()",
        "fill(0)",
        "copyWithin(0, 1)"
      })
  void arraysOfADocumentAreNotChangedInPlace(String change) {
    Mapped mapped = map("function (doc) { doc.v." + change + " }", "{\"v\":[2,1]}");
    assertThat(mapped.failure()).hasMessageContaining("cannot be changed");
    assertThat(map("function (doc) { emit(doc.v.slice()." + change + ") }", "{\"v\":[2,1]}").rows())
        .hasSize(1);
  }

  @Test
  void aCopyOfADocumentMayBeChanged() {
    Mapped mapped =
        map(
            "function (doc) { var o = Object.create(doc); o.a = 2; var c = {...doc}; c.a = 3;"
                + " emit([doc.a, o.a, c.a]) }",
            "{\"a\":1}");
    assertThat(mapped.rows()).containsExactly("0:[[1,2,3],null]");
  }

  @Test
  void theEnvironmentIsCouchDbs() {
    assertThat(Mapped.value(SCRIPTS, "[sum([1, 2, 3.5]), isArray([]), isArray({}), toJSON([1])]"))
        .isEqualTo("[6.5,true,false,\"[1]\"]");
    assertThat(Mapped.value(SCRIPTS, "[typeof log, log({a: 1})]")).isEqualTo("[\"function\",null]");
    assertThat(map("function (doc) { getRow() }", "{}").failure())
        .hasMessageContaining("show and list");
  }

  @Test
  void modulesOfViewsAreRequired() {
    String lib =
        "{\"dates\":\"exports.year = d => +d.slice(0, 4);\",\"deep\":{\"a\":\"module.exports ="
            + " require('./b') + require('../one');\",\"b\":\"module.exports ="
            + " 2;\"},\"one\":\"module.exports = 1;\",\"not\":3}";
    String source =
        "function (doc) { var d = require('views/lib/dates'); emit(d.year(doc.d),"
            + " require('views/lib/deep/a')); }";
    try (MapScript script = SCRIPTS.maps(List.of(source), Optional.of(Mapped.json(lib)))) {
      Mapped mapped = new Mapped();
      script.run(Mapped.bytes("{\"d\":\"2020-01-01\"}"), mapped);
      assertThat(mapped.rows()).containsExactly("0:[2020,3]");
    }
    for (String bad : List.of("views/lib/none", "views/lib/not", "./x", "views/lib", "")) {
      String requiring = "function (doc) { require('" + bad + "') }";
      try (MapScript script = SCRIPTS.maps(List.of(requiring), Optional.of(Mapped.json(lib)))) {
        Mapped mapped = new Mapped();
        script.run(Mapped.bytes("{}"), mapped);
        assertThat(mapped.failure()).hasMessageContaining("invalid_require_path");
      }
    }
  }

  @Test
  void anotherHostFunctionTakesAllItsArguments() {
    try (MapScript script =
        SCRIPTS.maps(
            List.of("function (doc) { index('name', doc.n, {store: true}) }"),
            Optional.empty(),
            "index")) {
      Mapped mapped = new Mapped();
      script.run(Mapped.bytes("{\"n\":\"x\"}"), mapped);
      assertThat(mapped.rows()).containsExactly("0:[\"name\",\"x\",{\"store\":true}]");
    }
  }

  @Test
  void threadsForScriptsRunThemThemselves() throws Exception {
    CompletableFuture<String> name = new CompletableFuture<>();
    try (MapScript script = SCRIPTS.maps(List.of("function (doc) { emit(1) }"), Optional.empty())) {
      Thread worker =
          SCRIPTS
              .threads()
              .newThread(
                  () ->
                      script.run(
                          Mapped.bytes("{}"),
                          new EmitSink() {
                            @Override
                            public void emit(
                                int function, List<tools.jackson.databind.JsonNode> arguments) {
                              name.complete(Thread.currentThread().getName());
                            }

                            @Override
                            public void failed(int function, ScriptException why) {
                              name.completeExceptionally(why);
                            }
                          }));
      worker.start();
      assertThat(name.get()).isEqualTo(worker.getName());
      worker.join();
    }
  }
}
