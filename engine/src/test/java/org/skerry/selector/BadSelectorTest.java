package org.skerry.selector;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadSelectorTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "5                               | invalid_selector_json | Selector must be a JSON object,"
            + " not: 5 | ",
        "[{'a': 1}]                      | invalid_selector_json | Selector must be a JSON object,"
            + " not: [{\"a\":1}] | ",
        "{'a': {'$foo': 1}}              | invalid_operator   | Invalid operator: $foo | /a/$foo",
        "{'$foo': 1}                     | invalid_operator   | Invalid operator: $foo | /$foo",
        "{'a': {'$where': 'x'}}          | not_supported      | Unsupported operator: $where |"
            + " /a/$where",
        "{'$text': 'x'}                  | not_supported      | Unsupported operator: $text |"
            + " /$text",
        "{'$eq': 5}                      | invalid_selector   | One or more conditions is missing a"
            + " field name. | ",
        "{'': 5}                         | invalid_selector   | One or more conditions is missing a"
            + " field name. | ",
        "{'$not': {}}                    | invalid_selector   | One or more conditions is missing a"
            + " field name. | ",
        "{'$and': {'a': 1}}              | bad_arg | Bad argument for operator $and: {\"a\":1} |"
            + " /$and",
        "{'$or': 1}                      | bad_arg | Bad argument for operator $or: 1 | /$or",
        "{'$nor': null}                  | bad_arg | Bad argument for operator $nor: null | /$nor",
        "{'a': {'$not': 5}}              | bad_arg | Bad argument for operator $not: 5 | /a/$not",
        "{'a': {'$in': 5}}               | bad_arg | Bad argument for operator $in: 5 | /a/$in",
        "{'a': {'$nin': {}}}             | bad_arg | Bad argument for operator $nin: {} | /a/$nin",
        "{'a': {'$all': 'x'}}            | bad_arg | Bad argument for operator $all: \"x\" |"
            + " /a/$all",
        "{'a': {'$exists': 'true'}}      | bad_arg | Bad argument for operator $exists: \"true\" |"
            + " /a/$exists",
        "{'a': {'$type': 1}}             | bad_arg | Bad argument for operator $type: 1 | /a/$type",
        "{'a': {'$mod': [1.5, 2]}}       | bad_arg | Bad argument for operator $mod: [1.5,2] |"
            + " /a/$mod",
        "{'a': {'$mod': [1]}}            | bad_arg | Bad argument for operator $mod: [1] | /a/$mod",
        "{'a': {'$mod': [0, 1]}}         | bad_arg | Bad argument for operator $mod: [0,1] |"
            + " /a/$mod",
        "{'a': {'$size': -1}}            | bad_arg | Bad argument for operator $size: -1 |"
            + " /a/$size",
        "{'a': {'$size': 1.0}}           | bad_arg | Bad argument for operator $size: 1.0 |"
            + " /a/$size",
        "{'a': {'$regex': '('}}          | bad_arg | Bad argument for operator $regex: \"(\" |"
            + " /a/$regex",
        "{'a': {'$elemMatch': [1]}}      | bad_arg | Bad argument for operator $elemMatch: [1] |"
            + " /a/$elemMatch",
        "{'a': {'$allMatch': 1}}         | bad_arg | Bad argument for operator $allMatch: 1 |"
            + " /a/$allMatch",
        "{'a': {'$keyMapMatch': 1}}      | bad_arg | Bad argument for operator $keyMapMatch: 1 |"
            + " /a/$keyMapMatch",
        "{'a': {'$beginsWith': 5}}       | invalid_operator   | Invalid operator: $beginsWith |"
            + " /a/$beginsWith",
        "{'a..b': 1}                     | invalid_field_name | Invalid field name: a..b | /a..b",
        "{'a': {'': 1}}                  | invalid_field_name | Invalid field name: a. | /a/",
        "{'$or': [{'a': 1}, {'a/b': {'$x': 1}}]} | invalid_operator | Invalid operator: $x |"
            + " /$or/1/a~1b/$x",
      })
  void isRefusedInCouchDbsWords(String selector, String error, String reason, String pointer) {
    assertThatExceptionOfType(InvalidSelectorException.class)
        .isThrownBy(() -> Asked.selector(selector))
        .withMessage(reason)
        .satisfies(
            e -> {
              assertThat(e.error()).isEqualTo(error);
              assertThat(e.pointer()).isEqualTo(pointer == null ? "" : pointer);
            });
  }

  @Test
  void nestingHasAnEnd() {
    String deep = "{'a':".repeat(5000) + "1" + "}".repeat(5000);
    assertThatExceptionOfType(InvalidSelectorException.class)
        .isThrownBy(() -> Asked.selector(deep))
        .withMessageContaining("levels deep");
  }

  /** Each is a few megabytes, or a few hundred kilobytes that would become gigabytes. */
  @Test
  void conditionsHaveAnEnd() {
    String many = "{'$or':[" + "{'a':1},".repeat(50_000) + "{'b':1}]}";
    String few = "{'a':1},".repeat(1_000) + "{'b':1}";
    String longNames = "{'" + "n".repeat(40_000) + "':{'$or':[" + few + "]}}";
    for (String selector : new String[] {many, longNames}) {
      assertThatExceptionOfType(InvalidSelectorException.class)
          .isThrownBy(() -> Asked.selector(selector))
          .withMessageContaining("more than 50000 conditions, or very long names");
    }
    assertThat(Asked.selector("{'$or':[" + few + "]}")).isNotNull();
  }

  /** What is compared with what is found by its order: all with all would take hours. */
  @Test
  void longListsAreComparedWithLongArrays() {
    String numbers = IntStream.range(0, 200_000).mapToObj(i -> i + ".5").collect(joining(","));
    String others = IntStream.range(0, 200_000).mapToObj(i -> -i + ".25").collect(joining(","));
    for (String operator : new String[] {"$in", "$all"}) {
      String selector = "{'l':{'" + operator + "':[" + others + ",%s]}}";
      String array = "{\"l\":[" + numbers + "]}";
      assertThat(Asked.matches(selector.formatted("-0.75"), array)).as(operator).isFalse();
    }
    assertThat(Asked.matches("{'l':{'$in':[" + others + ",7.5]}}", "{\"l\":[" + numbers + "]}"))
        .isTrue();
  }
}
