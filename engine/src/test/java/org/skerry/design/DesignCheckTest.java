package org.skerry.design;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.database.WriteGuard.Verdict;
import org.skerry.document.Body;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.testing.Seeded;

/** Which design documents are taken. */
@ExtendWith(Seeded.class)
class DesignCheckTest {
  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);

  private final DesignCheck check = new DesignCheck(SCRIPTS);

  @AfterAll
  static void close() {
    SCRIPTS.close();
  }

  private Optional<Verdict.Refuse> problem(String json) {
    return check.problem(Body.parse(json), true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"views\":{}}",
        "{\"views\":{\"lib\":{\"a\":\"exports.b = 1\",\"deep\":{\"er\":\"\"}}}}",
        "{\"views\":{\"v\":{\"map\":\"function (doc) { emit(doc._id); }\",\"reduce\":\"_sum\"}}}",
        "{\"views\":{\"v\":{\"map\":\"(doc) => emit(doc._id)\",\"reduce\":\"_count\"}}}",
        "{\"views\":{\"v\":{\"map\":\"function (doc) {}\",\"reduce\":\"_top_5\"}}}",
        "{\"views\":{\"\":{\"map\":\"function (doc) {}\",\"other\":5}}}",
        "{\"language\":\"erlang\",\"views\":{\"v\":{\"map\":\"fun({Doc}) -> ok end.\"}}}",
        "{\"language\":\"query\",\"views\":{\"v\":{\"map\":{\"fields\":{}},\"reduce\":\"_count\"}}}",
        "{\"updates\":{\"u\":\"anything\",\"o\":{}},\"rewrites\":[],\"options\":{}}",
        "{\"rewrites\":\"function () {}\",\"validate_doc_update\":\"not even compiled\"}",
        "{\"filters\":{\"\\u0000\":\"x\"},\"whatever\":[null,{\"views\":5}]}"
      })
  void whatHasTheFormIsTaken(String json) {
    assertThat(problem(json)).as(json).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          {"filters":null} ; `filters` field must have object type
          {"filters":[]} ; `filters` field must have object type
          {"filters":{"f":5}} ; `filters.f` field must have string or object type
          {"lists":{"f":null}} ; `lists.f` field must have string or object type
          {"shows":"x"} ; `shows` field must have object type
          {"updates":{"u":["x"]}} ; `updates.u` field must have string or object type
          {"language":null} ; `language` field must have string type
          {"language":["javascript"]} ; `language` field must have string type
          {"options":[]} ; `options` field must have object type
          {"rewrites":{}} ; `rewrites` field must have array or string type
          {"validate_doc_update":null} ; `validate_doc_update` field must have string type
          {"validate_doc_update":{}} ; `validate_doc_update` field must have string type
          {"views":[]} ; `views` field must have object type
          {"views":null} ; `views` field must have object type
          {"views":{"v":"function () {}"}} ; `views.v` field must have object type
          {"views":{"lib":"x"}} ; `views.lib` field must have object type
          {"views":{"v":{}}} ; View `v` must contain map function
          {"views":{"v":{"reduce":"_sum"}}} ; View `v` must contain map function
          {"views":{"v":{"map":{}}}} ; `views.v.map` field must have string type
          {"views":{"v":{"map":null}}} ; `views.v.map` field must have string type
          {"language":"query","views":{"v":{"map":"x"}}} ; `views.v.map` field must have object type
          {"views":{"v":{"map":"function () {}","reduce":{}}}} ; `views.v.reduce` field must have string type
          {"views":{"v":{"map":"function () {}","reduce":"_median"}}} ; `_median` is not a supported reduce function.
          {"views":{"v":{"map":"function () {}","reduce":"_"}}} ; `_` is not a supported reduce function.
          {"views":{"v":{"map":"function () {}","reduce":"_top"}}} ; `_top` is not a supported reduce function.
          """)
  void whatHasAnotherFormIsRefused(String json, String reason) {
    assertThat(problem(json))
        .hasValueSatisfying(
            refused -> {
              assertThat(refused.error()).isEqualTo("invalid_design_doc");
              assertThat(refused.reason()).isEqualTo(reason);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          "" ; map function in the 'v' view
          "5" ; map function in the 'v' view
          "function (doc) {" ; map function in the 'v' view
          "function (doc) {} function (doc) {}" ; map function in the 'v' view
          "\\u0000" ; map function in the 'v' view
          "function (doc) {}","reduce":"" ; reduce function in the 'v' view
          "function (doc) {}","reduce":"function (" ; reduce function in the 'v' view
          """)
  void whatDoesNotCompileIsRefusedWhereItIsWritten(String map, String place) {
    String json = "{\"views\":{\"v\":{\"map\":" + map + "}}}";
    assertThat(problem(json))
        .hasValueSatisfying(
            refused -> {
              assertThat(refused.error()).isEqualTo("compilation_error");
              assertThat(refused.reason()).contains(place);
            });
    assertThat(check.problem(Body.parse(json), false)).as("made elsewhere").isEmpty();
    assertThat(problem("{\"language\":\"other\"," + json.substring(1))).isEmpty();
  }

  @Test
  void whateverADocumentMayHoldIsNoFault() {
    String deep = "[".repeat(490) + "]".repeat(490);
    assertThat(
            problem(
                "{\"digits\":%s,\"%s\":1,\"deep\":%s,\"views\":{\"%s\":{\"map\":\"(doc) => 1\"}}}"
                    .formatted("7".repeat(5_000), "n".repeat(60_000), deep, "ü".repeat(60_000))))
        .isEmpty();
  }

  /** Whatever stands where: it is taken, or refused with a reason. */
  @RepeatedTest(200)
  void nothingElseComesOfAnything(SplittableRandom random) {
    List<String> members =
        List.of("filters", "lists", "language", "options", "rewrites", "views", "updates", "x");
    StringBuilder json = new StringBuilder("{");
    for (String member : members) {
      json.append(json.length() > 1 ? "," : "").append('"').append(member).append("\":");
      value(json, random, 3);
    }
    assertThat(problem(json.append('}').toString()).map(Verdict.Refuse::reason))
        .as(json.toString())
        .satisfiesAnyOf(
            none -> assertThat(none).isEmpty(), reason -> assertThat(reason.get()).isNotBlank());
  }

  private static void value(StringBuilder json, SplittableRandom random, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      List<String> words =
          List.of("null", "5", "\"\"", "\"_sum\"", "\"(d) => emit(d)\"", "\"query\"", "[]");
      json.append(words.get(random.nextInt(words.size())));
      return;
    }
    List<String> names = List.of("lib", "map", "reduce", "v", "", "__proto__", "\\u0000", "ü");
    json.append('{');
    int first = random.nextInt(names.size());
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      json.append(i > 0 ? "," : "").append('"');
      json.append(names.get((first + i) % names.size())).append("\":");
      value(json, random, depth - 1);
    }
    json.append('}');
  }
}
