package org.skerry.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.script.ScriptException.Kind;

/** What functions try in order to get out, or to take everything: each attempt ends in an error. */
@Timeout(300)
class SandboxTest {
  private static final ScriptLimits LIMITS =
      ScriptLimits.DEFAULT
          .withTime(Duration.ofMillis(500))
          .withMemory(64 << 20)
          .withOutput(1 << 20);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Scripts SCRIPTS = new Scripts(LIMITS.withTime(Duration.ofMinutes(5)));

  /** With time enough to take much, be the machine slow. */
  private static final Scripts PATIENT = new Scripts(LIMITS.withTime(Duration.ofMinutes(1)));

  /** Its first call loads the engine, which may take longer than a function may. */
  @BeforeAll
  static void load() {
    assertThat(Mapped.value(SCRIPTS, "1")).isEqualTo("1");
    SCRIPTS.limits(LIMITS);
  }

  @AfterAll
  static void close() {
    SCRIPTS.close();
    PATIENT.close();
  }

  @AfterEach
  void theNodeLivesOn() {
    assertThat(Mapped.value(SCRIPTS, "1 + 1")).isEqualTo("2");
  }

  private static Mapped run(String body) {
    return Mapped.by(SCRIPTS, "function (doc) {" + body + "}", "{\"a\":[1],\"o\":{}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java",
        "Packages",
        "JavaImporter",
        "JavaAdapter",
        "importClass",
        "importPackage",
        "getClass",
        "loadClass",
        "Continuation",
        "Proxy",
        "Promise",
        "BigInt",
        "ArrayBuffer",
        "Uint8Array",
        "process",
        "load",
        "quit",
        "print",
        "readline",
        "spawn",
        "sync",
        "setTimeout",
        "XMLHttpRequest",
        "fetch",
        "WebAssembly",
        "Script",
        "With",
        "Call"
      })
  void nothingOfTheHostHasAName(String name) {
    assertThat(Mapped.value(SCRIPTS, "typeof " + name)).isEqualTo("\"undefined\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constructor.constructor('return this')()",
        "emit.constructor('return 1')()",
        "(function () {}).constructor('return 1')()",
        "(function* () {}).constructor('yield 1')()",
        "new Function('return 1')()",
        "eval('1')",
        "(0, eval)('1')",
        "doc.constructor.constructor('return 1')()",
        "[].map.constructor.call(null, 'return 1')()"
      })
  void noCodeComesFromText(String attempt) {
    ScriptException failure = run("emit(" + attempt + ")").failure();
    assertThat(failure.kind()).isEqualTo(Kind.THROWN);
    assertThat(failure.getMessage()).containsAnyOf("EvalError", "TypeError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emit.getClass",
        "doc.getClass",
        "doc.class",
        "doc.__parent__",
        "[].getClass",
        "emit.body",
        "doc.entrySet",
        "[].stream",
        "({}).getClass",
        "new Error('x').rhinoException",
        "new Error('x').javaException",
        "Object.getPrototypeOf(emit).getClass"
      })
  void objectsShowNothingOfJava(String attempt) {
    assertThat(Mapped.value(SCRIPTS, "typeof (" + attempt + ")")).isEqualTo("\"undefined\"");
  }

  @Test
  void prototypesBelongToOneScript() {
    run("Object.prototype.leak = 1; Array.prototype.leak = 1; doc.__proto__.leak2 = 1;");
    assertThat(Mapped.value(SCRIPTS, "[({}).leak, [].leak, ({}).leak2].join()"))
        .isEqualTo("\",,\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "for (;;) { try { while (true) {} } catch (e) {} finally { while (true) {} } }",
        "var f = function () { for (;;) {} }; [1].map(f)",
        "/^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')",
        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.replace(/(a|aa)+$/, '')",
        "emit({toJSON: function () { for (;;) {} }})",
        "throw {get x() { for (;;) {} }}"
      })
  void whatTakesForEverIsEnded(String body) {
    assertThat(run(body).failure().isExcess() || run(body).failure().kind() == Kind.THROWN)
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var a = []; while (true) a.push({x: 1});",
        "var s = 'x'; while (true) s = s + s + s.length;",
        "var m = new Map(); for (var i = 0; ; i++) m.set(i, [i]);",
        "var o = {}; for (var i = 0; ; i++) o['k' + i] = 'v' + i;"
      })
  void whatTakesAllMemoryIsEnded(String body) {
    assertThat(run(body).failure().isExcess()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var a = [1]; for (var i = 0; i < 60; i++) a = [a, a]; JSON.stringify(a)",
        "var a = [1]; for (var i = 0; i < 60; i++) a = [a, a]; String(a)",
        "var a = [1]; for (var i = 0; i < 60; i++) a = [a, a]; a.flat(Infinity)",
        "var a = []; a.length = 4294967295; a.indexOf(3)",
        "var a = []; a.length = 4294967295; a.reverse()",
        "var a = []; a.length = 4294967295; [...a]",
        "var a = []; a.length = 4294967295; new Set(a)",
        "var a = []; a.length = 4294967295; a.forEach(function () {})",
        "Array.prototype.map.call({length: 9007199254740991}, function () {})",
        "Array.prototype.includes.call({get length() { return 9007199254740991 }}, 1)",
        "Array.from({length: 1e9})",
        "new Array(1e8).fill(0)",
        "new Array(1e8).join('x')",
        "new Array(4e9).sort()",
        "Math.max.apply(null, {length: 1e9})",
        "'x'.repeat(1 << 30)",
        "'x'.padEnd(1 << 30, 'abc')",
        "var s = 'x'; for (var i = 0; i < 29; i++) s += s; s.charAt(1)",
        "var s = 'ab'.repeat(5000); s.replaceAll('a', s.repeat(20)).replaceAll('b', s.repeat(20))",
        "String.raw({raw: {length: 9007199254740991}})",
        "Object.defineProperty({}, 'length', {value: 9e15}), Array.prototype.concat.call([],"
            + " {length: 9e15, [Symbol.isConcatSpreadable]: true})"
      })
  void theLibraryIsBoundedToo(String body) {
    Mapped mapped = run(body + "; emit(1)");
    assertThat(mapped.rows()).isEmpty();
    assertThat(mapped.hasFailed()).isTrue();
  }

  /** Each of them would take gigabytes before a count of instructions or of turns asks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) s = s + s + s.length",
        "while (true) s += s",
        "while (true) s = 'y' + s + s + 'y'",
        "while (true) s = `${s},${s}`",
        "while (true) s = s.concat(s, s)",
        "while (true) s = [s, s].join('-')",
        "while (true) s = String([s, s])",
        "while (true) s = s.repeat(2)",
        "while (true) s = s.padStart(2 * s.length, s)",
        "while (true) s = JSON.stringify({s: s, t: s})",
        "while (true) s = s.replace('x', s + s)",
        "s = s.repeat(5000); s.replace(/x/g, s)",
        "s = s.repeat(5000); s.replace(/x/g, function () { return s })",
        "s = s.repeat(200000); s.replace(/x/g, '$`')",
        "s = s.repeat(200000); s.replace(/x/g, \"$'\")",
        "s = s.repeat(5000); s.replaceAll('x', s)",
        "s = s.repeat(5000); s.split('x').join(s)",
        "s = s.repeat(1e6); new Array(1000).fill(s).join()",
        "s = s.repeat(1e6); JSON.stringify(new Array(1000).fill(s))",
        "s = s.repeat(1e6); String.raw({raw: new Array(1000).fill(s)})",
        "s = s.repeat(1e6); while (true) s.big()",
        "s = s.repeat(1e6); while (true) o.push(s.substring(o.length + 1))",
        "s = s.repeat(1e6); while (true) o.push(s.slice(1))",
        "s = s.repeat(1e6); while (true) o.push(s.toUpperCase())",
        "s = s.repeat(1e6); while (true) o.push((s + ' ').trim())",
        "s = s.repeat(1e6); while (true) o.push(encodeURIComponent(s + ' '))",
        "s = s.repeat(1e6); while (true) o.push(s.split(''))",
        "s = s.repeat(1e6); while (true) o.push({[s + o.length]: 1})",
        "s = '\ufdfa'.repeat(1e6); while (true) o.push(s.normalize('NFKD'))",
        "s = s.repeat(1e6); while (true) o.push(Array.from(s))",
        "while (o.length < 1e5) o.push(1); while (true) s = [o.slice(), s]",
        "while (o.length < 1e5) o.push(1); while (true) s = [o.concat(o), s]",
        "while (o.length < 1e5) o.push(1); while (true) s = [[...o], s]",
        "while (true) o.push(new Array(10000))"
      })
  void muchAtOnceIsRefusedBeforeItIsTaken(String body) throws InterruptedException {
    AtomicReference<Mapped> mapped = new AtomicReference<>();
    AtomicLong allocated = new AtomicLong();
    Runnable work =
        () -> {
          mapped.set(Mapped.by(PATIENT, "function () { var s = 'x', o = []; " + body + "}", "{}"));
          allocated.set(THREADS.getCurrentThreadAllocatedBytes());
        };
    Thread thread = PATIENT.threads().newThread(work);
    thread.start();
    thread.join();
    assertThat(mapped.get().failure().kind()).isEqualTo(Kind.MEMORY);
    assertThat(allocated.get()).isLessThan(3 * LIMITS.memory());
  }

  /** Each of them takes less than it may, and was once thought to take more. */
  @ParameterizedTest
  @ValueSource(strings = {"'x'.repeat(5e6).normalize('NFC')", "'x'.repeat(3e6).normalize('NFD')"})
  void whatTakesLessThanItMayIsNotRefused(String text) {
    assertThat(Mapped.value(PATIENT, "typeof " + text)).isEqualTo("\"string\"");
  }

  @Test
  void whoWasRefusedMemoryDoesNotGoOnWithLess() {
    Mapped mapped = run("for (;;) { try { 'x'.repeat(1 << 30) } finally { emit(1); break } }");
    assertThat(mapped.failure().kind()).isEqualTo(Kind.MEMORY);
    assertThat(mapped.rows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function f() { return f() + 1 } f()",
        "function f() { try { return f() + 1 } catch (e) { return f() } } f()",
        "var o = {toString: function () { return '' + o }}; '' + o",
        "var a = [1]; a[0] = a; JSON.stringify({toJSON: function () { return {x: this} }})",
        "Object.defineProperty(doc.o, 'x', {}); var g = {get x() { return this.x }}; g.x"
      })
  void whatCallsItselfForEverIsEnded(String body) {
    assertThat(run(body).hasFailed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) emit(1, 1)",
        "var s = 'x'.repeat(1000); for (var i = 0; i < 2000; i++) emit(s, s)",
        "var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; emit(a)",
        "var r = {}; r.r = r; emit(r)",
        "var d = []; for (var i = 0; i < 5000; i++) d = [d]; emit(d)"
      })
  void whatEmitsTooMuchIsEnded(String body) {
    Mapped mapped = run(body);
    assertThat(mapped.failure().isExcess()).isTrue();
    assertThat(mapped.rows()).isEmpty();
  }

  @Test
  void aScriptWorksAgainAfterItWasEndedByForce() {
    try (MapScript script =
        SCRIPTS.maps(
            java.util.List.of("function (doc) { if (doc.loop) for (;;) {} emit(doc._id) }"),
            java.util.Optional.empty())) {
      Mapped mapped = new Mapped();
      script.run(Mapped.bytes("{\"_id\":\"a\"}"), mapped);
      script.run(Mapped.bytes("{\"_id\":\"b\",\"loop\":true}"), mapped);
      script.run(Mapped.bytes("{\"_id\":\"c\"}"), mapped);
      assertThat(mapped.rows()).containsExactly("0:[\"a\",null]", "0:[\"c\",null]");
      assertThat(mapped.failure().kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void otherLimitsHoldFromTheNextCallOn() {
    try (Scripts scripts = new Scripts(ScriptLimits.DEFAULT.withOutput(1 << 20));
        MapScript script =
            scripts.maps(
                java.util.List.of("function (doc) { emit('x'.repeat(5000)) }"),
                java.util.Optional.empty())) {
      Mapped before = new Mapped();
      script.run(Mapped.bytes("{}"), before);
      assertThat(before.rows()).hasSize(1);
      scripts.limits(ScriptLimits.DEFAULT.withOutput(1_024));
      Mapped after = new Mapped();
      script.run(Mapped.bytes("{}"), after);
      assertThat(after.failure().isExcess()).isTrue();
    }
  }
}
