package org.skerry.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skerry.script.ScriptException.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DesignScriptTest {
  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);
  private static final JsonNode EMPTY = JsonNodeFactory.instance.objectNode();

  @AfterAll
  static void close() {
    SCRIPTS.close();
  }

  private static DesignScript design(String member, String source) {
    ObjectNode design = JsonNodeFactory.instance.objectNode();
    design.put("_id", "_design/d");
    design.put("limit", 10);
    design.putObject("lib").put("rules", "exports.max = 5;");
    ObjectNode at = design;
    String[] path = member.split("\\.");
    for (int i = 0; i < path.length - 1; i++) {
      at = at.putObject(path[i]);
    }
    at.put(path[path.length - 1], source);
    return SCRIPTS.design(design);
  }

  private static void validate(String source, String document, Optional<String> previous) {
    try (DesignScript script = design("validate_doc_update", source)) {
      script.validate(
          Mapped.bytes(document),
          previous.map(Mapped::bytes),
          Mapped.json("{\"name\":\"nurse\",\"roles\":[\"ward\"]}"),
          Mapped.json("{\"admins\":{\"names\":[\"boss\"]}}"));
    }
  }

  @Test
  void validationSeesBothDocumentsAndWhoWrites() {
    String source =
        "function (newDoc, oldDoc, userCtx, secObj) { throw {forbidden: [newDoc.v, oldDoc &&"
            + " oldDoc.v, userCtx.name, userCtx.roles, secObj.admins.names, this.limit,"
            + " require('lib/rules').max].join('/')} }";
    assertThatThrownBy(() -> validate(source, "{\"v\":2}", Optional.of("{\"v\":1}")))
        .isInstanceOfSatisfying(
            ScriptException.class,
            e ->
                assertThat(e.thrown().orElseThrow().path("forbidden").asString())
                    .isEqualTo("2/1/nurse/ward/boss/10/5"));
    assertThatThrownBy(() -> validate(source, "{\"v\":2}", Optional.empty()))
        .isInstanceOfSatisfying(
            ScriptException.class, e -> assertThat(e.thrown().toString()).contains("2//nurse"));
  }

  @Test
  void validationThatReturnsConsents() {
    validate("function (n, o, u, s) { if (o) throw {forbidden: 'no'} }", "{}", Optional.empty());
  }

  @Test
  void whatIsThrownHasAKind() {
    assertThatThrownBy(() -> validate("function (n) { n.x.y }", "{}", Optional.empty()))
        .isInstanceOfSatisfying(
            ScriptException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.THROWN);
              assertThat(e.name()).isEqualTo("TypeError");
              assertThat(e.thrown()).isEmpty();
            });
    assertThatThrownBy(() -> validate("function (n) { throw 'words' }", "{}", Optional.empty()))
        .isInstanceOfSatisfying(
            ScriptException.class,
            e -> assertThat(e.thrown().map(JsonNode::asString)).contains("words"));
    assertThatThrownBy(
            () -> validate("function (n) { throw new Error('e') }", "{}", Optional.empty()))
        .hasMessageContaining("Error: e");
    assertThatThrownBy(() -> validate("function (n) { class }", "{}", Optional.empty()))
        .isInstanceOfSatisfying(
            ScriptException.class, e -> assertThat(e.kind()).isEqualTo(Kind.COMPILE));
  }

  @Test
  void filtersSayWhichDocumentsPass() {
    try (DesignScript script =
        design("filters.f", "function (doc, req) { return doc.n > req.query.least }")) {
      List<byte[]> documents =
          List.of(Mapped.bytes("{\"n\":1}"), Mapped.bytes("{\"n\":7}"), Mapped.bytes("{}"));
      JsonNode request = Mapped.json("{\"query\":{\"least\":\"3\"}}");
      assertThat(script.filter("f", documents, request)).containsExactly(false, true, false);
      assertThatThrownBy(() -> script.filter("g", documents, request))
          .isInstanceOfSatisfying(
              ScriptException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISSING))
          .hasMessage("missing filters function g on design doc _design/d");
    }
  }

  @Test
  void aMapIsAFilterToo() {
    try (DesignScript script =
        design("views.v.map", "function (doc) { if (doc.n > 3) emit(doc.n) }")) {
      assertThat(
              script.filterByView(
                  "v", List.of(Mapped.bytes("{\"n\":1}"), Mapped.bytes("{\"n\":7}"))))
          .containsExactly(false, true);
    }
  }

  @Test
  void updatesReturnADocumentAndAnAnswer() {
    String source =
        "function (doc, req) { if (!doc) return [null, 'nothing']; doc.n++;"
            + " doc.list.push(req.body); return [doc, {code: 201, json: {n: doc.n}}] }";
    try (DesignScript script = design("updates.u", source)) {
      DesignScript.Updated updated =
          script.update(
              "u",
              Optional.of(Mapped.bytes("{\"_id\":\"a\",\"n\":1,\"list\":[]}")),
              Mapped.json("{\"body\":\"x\"}"));
      assertThat(updated.document().orElseThrow().toString())
          .isEqualTo("{\"_id\":\"a\",\"n\":2,\"list\":[\"x\"]}");
      assertThat(updated.response().toString()).isEqualTo("{\"code\":201,\"json\":{\"n\":2}}");
      DesignScript.Updated nothing = script.update("u", Optional.empty(), EMPTY);
      assertThat(nothing.document()).isEmpty();
      assertThat(nothing.response().toString()).isEqualTo("{\"body\":\"nothing\"}");
    }
    try (DesignScript script = design("updates.u", "function () { return 3 }")) {
      assertThatThrownBy(() -> script.update("u", Optional.empty(), EMPTY))
          .isInstanceOf(ScriptException.class);
    }
  }

  @Test
  void manyCallAtOnce() throws Exception {
    try (DesignScript script =
            design(
                "filters.f",
                "function (doc) { var s = 0; for (var i = 0; i < 2000; i++) s += doc.n; return s =="
                    + " 2000 * doc.n }");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Boolean>>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        byte[] document = Mapped.bytes("{\"n\":" + i + "}");
        answers.add(callers.submit(() -> script.filter("f", List.of(document), EMPTY)));
      }
      for (Future<List<Boolean>> answer : answers) {
        assertThat(answer.get()).containsExactly(true);
      }
    }
  }

  @Test
  void reductionsGetKeysAndValues() {
    try (ReduceScript script =
        SCRIPTS.reduce(
            "function (keys, values, again) { return again ? sum(values) : keys.map(k => k[1] + '='"
                + " + k[0]).join() + values.length }")) {
      assertThat(
              script
                  .reduce(
                      List.of(Mapped.json("[1,\"a\"]"), Mapped.json("[2,\"b\"]")),
                      List.of(Mapped.json("10"), Mapped.json("20")))
                  .asString())
          .isEqualTo("a=1,b=22");
      assertThat(script.rereduce(List.of(Mapped.json("1"), Mapped.json("2"))).asInt()).isEqualTo(3);
    }
  }
}
