package org.skerry.fulltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.search.BadIndexFunctionException;
import org.skerry.search.IndexDefinition;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/** What index functions of design documents may say, and what leaves a document out. */
class ScriptFunctionsTest {
  private static final RevId REV = RevId.parse("1-00000000000000000000000000000001");

  private final Scripts scripts =
      new Scripts(ScriptLimits.DEFAULT.withTime(Duration.ofMillis(500)));
  private final ScriptFunctions functions = new ScriptFunctions(scripts);

  @AfterEach
  void close() {
    scripts.close();
  }

  private static IndexDefinition definition(String source) {
    return IndexDefinition.javascript(source, "standard", Map.of());
  }

  private List<IndexedField> run(String source, String body) {
    StoredRevision revision = new StoredRevision(REV, false, Body.parse(body), List.of());
    StoredDocument document =
        new StoredDocument(
            DocId.of("an id"),
            Seq.of(1),
            List.of(new Leaf(REV, false)),
            Optional.empty(),
            List.of(revision));
    List<IndexedField> fields = new ArrayList<>();
    try (IndexFunction function = functions.compile(definition(source))) {
      function.run(document, fields::add);
    }
    return fields;
  }

  private void assertSkipped(String statements, String reason) {
    assertThatThrownBy(() -> run("function (doc) {" + statements + "}", "{\"x\":1}"))
        .as(statements)
        .isInstanceOf(SkippedDocumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void fieldsOfEveryTypeAreGiven() {
    assertThat(
            run(
                """
                function (doc) {
                  index("string", "s", doc.s, {store: true});
                  index("text", "default", doc.s);
                  index("double", "n", doc.n, {"store": 1});
                  index("double", "m", -0.5, {});
                  index("stored", "k", doc.s);
                  index("stored", "l", doc.n);
                  index("text", "id", doc._id + " " + doc._rev);
                }\
                """,
                "{\"s\":\"Ünï\",\"n\":42}"))
        .containsExactly(
            new IndexedField.Keyword("s", "Ünï", true),
            new IndexedField.Text("default", "Ünï", false),
            new IndexedField.Real("n", 42, true),
            new IndexedField.Real("m", -0.5, false),
            new IndexedField.StoredText("k", "Ünï"),
            new IndexedField.StoredReal("l", 42),
            new IndexedField.Text("id", "an id " + REV, false));
  }

  @Test
  void modernFunctionsRun() {
    assertThat(
            run(
                "(doc) => { doc.colors.forEach((color) => index('string', 'color', color)); }",
                "{\"colors\":[\"red\",\"blue\"]}"))
        .hasSize(2);
    assertThat(run("function (doc) { if (doc.y) index('text', 'a', doc.y); }", "{}")).isEmpty();
  }

  @Test
  void wrongCallsLeaveTheDocumentOut() {
    assertSkipped("index('text', 'a', 7)", "type of value must be a string not number");
    assertSkipped("index('double', 'a', '7')", "type of value must be a number not string");
    assertSkipped("index('double', 'a', NaN)", "type of value must be a number");
    assertSkipped("index('double', 'a', doc.none)", "type of value must be a number");
    assertSkipped("index('stored', 'a', true)", "type of value must be a number not boolean");
    assertSkipped("index('text', '_a', 'x')", "name must not start with an underscore");
    assertSkipped("index('a', 'text')", "TypeError: a not supported");
    assertSkipped("index(7, 'text', 'x')", "type of type must be a string not number");
    assertSkipped("index('text')", "type of name must be a string");
    assertSkipped("index('text', 'a', 'x'); index('text', 'b', 1)", "type of value");
    assertSkipped("for (var i = 0; i < 10001; i++) index('text', 'a', 'x')", "10000 fields");
  }

  @Test
  void functionsThatFailLeaveTheDocumentOut() {
    assertSkipped("index('text', 'a', doc.b.c)", "TypeError");
    assertSkipped("throw 'no';", "no");
    assertSkipped("while (true) {}", "");
  }

  @Test
  void whatIsNoFunctionIsRefused() {
    for (String source : List.of("function (", "", "7", "function (doc) { index('text' }")) {
      assertThatThrownBy(() -> functions.compile(definition(source)))
          .as(source)
          .isInstanceOf(BadIndexFunctionException.class);
    }
    IndexDefinition erlang =
        new IndexDefinition("erlang", "fun(Doc) -> ok end.", "standard", new java.util.TreeMap<>());
    assertThatThrownBy(() -> functions.compile(erlang))
        .isInstanceOf(BadIndexFunctionException.class)
        .hasMessageContaining("erlang");
  }
}
