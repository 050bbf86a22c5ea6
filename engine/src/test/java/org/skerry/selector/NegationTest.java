package org.skerry.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.selector.Asked.matches;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegationTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'$not': {'a': {'$gt': 5}}}                        | {'a': 5}           | true",
        "{'$not': {'a': {'$gt': 5}}}                        | {'a': 6}           | false",
        "{'a': {'$not': {'$lt': 5}}}                        | {'a': 5}           | true",
        "{'a': {'$not': {'$in': [1, 2]}}}                   | {'a': 3}           | true",
        "{'a': {'$not': {'$nin': [1, 2]}}}                  | {'a': 1}           | true",
        "{'a': {'$not': {'$type': 'number'}}}               | {'a': 'x'}         | true",
        "{'a': {'$not': {'$regex': 'x'}}}                   | {'a': 5}           | true",
        "{'a': {'$not': {'$elemMatch': {'$eq': 1}}}}        | {'a': [2]}         | true",
        "{'$not': {'a': 1, 'b': 2}}                         | {'a': 1, 'b': 3}   | true",
        "{'$not': {'a': 1, 'b': 2}}                         | {'a': 1, 'b': 2}   | false",
        "{'$not': {'a': 1, 'b': 2}}                         | {'a': 1}           | false",
        "{'$not': {'$or': [{'a': 1}, {'b': 2}]}}            | {'a': 2, 'b': 3}   | true",
        "{'$not': {'$not': {'a': 1}}}                       | {'a': 1}           | true",
        "{'$not': {'$nor': [{'a': 1}, {'b': 2}]}}           | {'b': 2}           | true",
        "{'$nor': [{'$not': {'a': 1}}]}                     | {'a': 1}           | true",
        "{'$not': {'$not': {'a': {'$exists': false}}}}      | {}                 | true",
        "{'$not': {'$not': {'$not': {'a': {'$lte': 1}}}}}   | {'a': 2}           | true",
      })
  void movesToTheLeaves(String selector, String document, boolean expected) {
    assertThat(matches(selector, document)).isEqualTo(expected);
  }
}
