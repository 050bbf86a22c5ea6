package org.skerry.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.script.ScriptException.Kind;

/** Which JavaScript functions may be written in. */
class DialectTest {
  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);

  @AfterAll
  static void close() {
    SCRIPTS.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "let x = 1; const y = `a${x}b`; return y | \"a1b\"",
        "return `${[1, 2].map(x => `<${x}>`).join('')}` | \"<1><2>\"",
        "const {a, b: [c, d = 4]} = {a: 1, b: [2]}; return [a, c, d] | [1,2,4]",
        "return ((a, {b}, [c] = [3]) => a + b + c)(1, {b: 2}) | 6",
        "return (function (x = 5, ...r) { return x + r.length })(undefined, 1, 2) | 7",
        "let s = 0; for (const x of [1, 2, 3]) s += x; return s | 6",
        "let s = ''; for (const [k, v] of Object.entries({a: 1})) s += k + v; return s | \"a1\"",
        "let s = ''; for (const k in {a: 1, b: 2}) s += k; return s | \"ab\"",
        "for (const c of 'xy') { return c } | \"x\"",
        "return [...[1, 2], 3] | [1,2,3]",
        "return {...{a: 1}, b: 2} | {\"a\":1,\"b\":2}",
        "return Math.max(...[1, 9, 2]) | 9",
        "const l = [1]; l.push(...[2, 3], 4); return l | [1,2,3,4]",
        "const f = function (...r) { return r.length }; return f(...[1, 2], 3) | 3",
        "function g(...r) { return r.length } return g(...[1]) | 1",
        "const o = {m(...r) { return r }}; return o.m(...[1, 2]) | [1,2]",
        "if (Math.min(...[3, 4]) === 3) { return 'ok' } | \"ok\"",
        "return [...new Set([1, 1, 2])] | [1,2]",
        "return new Map([['k', 2]]).get('k') | 2",
        "return ({a: {b: 1}}).a?.b ?? 2 | 1",
        "let x = null; x ??= 3; return x | 3",
        "return 2 ** 10 | 1024",
        "const k = 'z'; return {[k]: 1, f() { return 1 }, k} | {\"z\":1,\"k\":\"z\"}",
        "function* g() { yield 1; yield 2 } return [...g()] | [1,2]",
        "return 'a-b'.split(/-/).concat(4 / 2 / 1) | [\"a\",\"b\",2]",
        "return /[/](...)$/.exec('/abc')[1] | \"abc\"",
        "return '2020'.replace(/(?<y>\\d+)/u, '$<y>!') | \"2020!\"",
        "try { throw 1 } catch { return 2 } | 2",
        "return 'aXbX'.replaceAll('X', '-') + 'x'.padStart(2, '.') | \"a-b-.x\"",
        "return [1, [2, [3]]].flat(Infinity) | [1,2,3]",
        "return [3, 1, 2].toSorted().at(-1) | 3",
        "return 'class async for (const' | \"class async for (const\"",
        "return ({class: 1, async: 2}).class | 1",
        "// for (const x of y) f(...z) | null",
        "return 1_000 | 1000",
        "label: for (;;) { break label } return 1 | 1",
        "var s = 0; for each (var child in {children: 1, b: 2}) s += child; return s | 3",
        "return Object.fromEntries([['a', 1]]) | {\"a\":1}",
        "return [1, 2, 3].includes(2) && 'abc'.startsWith('a') | true",
        "'use strict'; return typeof this | \"object\""
      })
  void whatIsUnderstood(String body, String json) {
    String expression = "(function () {" + body.replace("// ", "//") + "\n}).call({})";
    assertThat(Mapped.value(SCRIPTS, expression)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "async function f() {} | async functions are not supported",
        "return async (x) => x | async functions are not supported",
        "return async x => x | async functions are not supported",
        "return {async m() {}} | async functions are not supported",
        "class A { async m() {} } | async functions are not supported",
        "for await (const x of y) {} | async functions are not supported",
        "return 10n | BigInts are not supported",
        "return [...x, 0xffn] | BigInts are not supported",
        "return f?.(...x) | spreads in an optional call are not supported",
        "return a?.b(...x) | spreads in an optional call are not supported",
        "return new.target | new.target outside of a class is not supported",
        "export const x = 1; | modules other than CommonJS are not supported",
        "class A { constructor() { super() } } | super() in a class without parent",
        "return 1 +; | SyntaxError"
      })
  void whatIsRefusedByName(String body, String reason) {
    assertThatThrownBy(
            () -> SCRIPTS.maps(List.of("function (doc) {\n" + body + "\n}"), Optional.empty()))
        .isInstanceOfSatisfying(
            ScriptException.class, e -> assertThat(e.kind()).isEqualTo(Kind.COMPILE))
        .hasMessageContaining(reason)
        .hasMessageContaining("line 2");
  }
}
