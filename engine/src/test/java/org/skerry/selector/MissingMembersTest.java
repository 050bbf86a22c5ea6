package org.skerry.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.selector.Asked.matches;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingMembersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'b': {'$ne': 1}}",
        "{'b': {'$nin': [1]}}",
        "{'b': {'$nin': []}}",
        "{'b': {'$not': {'$eq': 1}}}",
        "{'$not': {'b': 1}}",
        "{'$nor': [{'b': 1}]}",
        "{'$not': {'b': {'$regex': 'x'}}}",
        "{'$not': {'b': {'$elemMatch': {'c': 1}}}}",
        "{'b': null}",
        "{'b': {'$lt': 5}}",
        "{'b': {'$type': 'null'}}",
        "{'b': {'$exists': true}}",
        "{'$not': {'b': {'$exists': false}}}",
      })
  void whatLooksAtAMissingMemberIsFalse(String selector) {
    assertThat(matches(selector, "{'a': 1}")).isFalse();
  }

  @Test
  void onlyItsAbsenceIsTrue() {
    assertThat(matches("{'b': {'$exists': false}}", "{'a': 1}")).isTrue();
    assertThat(matches("{'b': {'$not': {'$exists': true}}}", "{'a': 1}")).isTrue();
    assertThat(matches("{'b': {'$exists': false}}", "{'b': null}")).isFalse();
    assertThat(matches("{'b': {'$exists': true}}", "{'b': null}")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'a.b': 1}                   | {'a': {'b': 1}}         | true",
        "{'a': {'b': 1}}              | {'a': {'b': 1, 'c': 2}} | true",
        "{'a': {'b': {'c': 1}}}       | {'a': {'b': {'c': 1}}}  | true",
        "{'a.b.c': 1}                 | {'a': {'b': {'c': 1}}}  | true",
        "{'a.b': {'c': 1}}            | {'a': {'b': {'c': 1}}}  | true",
        "{'a.1': 'y'}                 | {'a': ['x', 'y']}       | true",
        "{'a.1.b': 2}                 | {'a': [0, {'b': 2}]}    | true",
        "{'a.+1': 'y'}                | {'a': ['x', 'y']}       | true",
        "{'a.2': {'$exists': false}}  | {'a': ['x', 'y']}       | false",
        "{'a.-1': 'y'}                | {'a': ['x', 'y']}       | false",
        "{'a.99999999999': 'y'}       | {'a': ['x', 'y']}       | false",
        "{'a.x': {'$exists': false}}  | {'a': ['x', 'y']}       | false",
        "{'a.b': {'$exists': false}}  | {'a': {}}               | true",
        "{'a.b': {'$exists': false}}  | {'c': 1}                | true",
        "{'a.b': {'$exists': false}}  | {'a': 1}                | false",
        "{'a.b': {'$exists': false}}  | {'a': null}             | false",
        "{'a\\\\.b': 1}               | {'a.b': 1}              | true",
        "{'a\\\\.b': 1}               | {'a': {'b': 1}}         | false",
        "{'a\\\\.b.c': 1}             | {'a.b': {'c': 1}}       | true",
        "{'\\\\$a': 1}                | {'$a': 1}               | true",
      })
  void paths(String selector, String document, boolean expected) {
    assertThat(matches(selector, document)).isEqualTo(expected);
  }
}
