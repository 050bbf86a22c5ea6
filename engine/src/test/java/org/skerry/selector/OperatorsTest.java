package org.skerry.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.selector.Asked.matches;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'a': 1}                       | {'a': 1}              | true",
        "{'a': 1}                       | {'a': 1.0}            | true",
        "{'a': 1}                       | {'a': '1'}            | false",
        "{'a': null}                    | {'a': null}           | true",
        "{'a': 'x'}                     | {'a': ['x']}          | false",
        "{'a': [1, 2]}                  | {'a': [1, 2]}         | true",
        "{'a': {}}                      | {'a': {}}             | true",
        "{'a': {}}                      | {'a': {'b': 1}}       | false",
        "{'a': {'$eq': {'b': 1}}}       | {'a': {'b': 1}}       | true",
        "{'a': {'$eq': {'b': 1}}}       | {'a': {'b': 1,'c':2}} | false",
        "{'a': {'$ne': 1}}              | {'a': 2}              | true",
        "{'a': {'$ne': 1}}              | {'a': 1.0}            | false",
        "{'a': {'$lt': 5}}              | {'a': 4}              | true",
        "{'a': {'$lt': 5}}              | {'a': 5}              | false",
        "{'a': {'$lt': 5}}              | {'a': null}           | true",
        "{'a': {'$lt': 5}}              | {'a': 'text'}         | false",
        "{'a': {'$lte': 5}}             | {'a': 5}              | true",
        "{'a': {'$gt': 5}}              | {'a': 5.01}           | true",
        "{'a': {'$gt': 5}}              | {'a': 'text'}         | true",
        "{'a': {'$gt': null}}           | {'a': false}          | true",
        "{'a': {'$gte': 'b'}}           | {'a': 'B'}            | true",
        "{'a': {'$gt': 5, '$lt': 8}}    | {'a': 7}              | true",
        "{'a': {'$gt': 5, '$lt': 8}}    | {'a': 8}              | false",
      })
  void comparisons(String selector, String document, boolean expected) {
    assertThat(matches(selector, document)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'a': {'$in': [1, 'x']}}       | {'a': 'x'}            | true",
        "{'a': {'$in': [1, 'x']}}       | {'a': 1.0}            | true",
        "{'a': {'$in': [1, 'x']}}       | {'a': 2}              | false",
        "{'a': {'$in': [1, 'x']}}       | {'a': [7, 'x']}       | true",
        "{'a': {'$in': [[1, 2]]}}       | {'a': [1, 2]}         | false",
        "{'a': {'$in': [[1, 2]]}}       | {'a': [[1, 2]]}       | true",
        "{'a': {'$in': []}}             | {'a': 1}              | false",
        "{'a': {'$in': ['\u00e9']}}     | {'a': 'e\u0301'}      | true",
        "{'a': {'$nin': [1, 'x']}}      | {'a': 2}              | true",
        "{'a': {'$nin': [1, 'x']}}      | {'a': 1}              | false",
        "{'a': {'$nin': [1, 'x']}}      | {'a': [2, 1]}         | false",
        "{'a': {'$nin': []}}            | {'a': [2, 1]}         | true",
        "{'a': {'$all': [1, 2]}}        | {'a': [3, 2, 1]}      | true",
        "{'a': {'$all': [1, 2]}}        | {'a': [1, 3]}         | false",
        "{'a': {'$all': [1]}}           | {'a': 1}              | false",
        "{'a': {'$all': []}}            | {'a': [1]}            | false",
        "{'a': {'$all': [[1, 2]]}}      | {'a': [1, 2]}         | true",
        "{'a': {'$all': [[1, 2]]}}      | {'a': [[1, 2], 3]}    | true",
        "{'a': {'$all': [[1, 2]]}}      | {'a': [1, 2, 3]}      | false",
        "{'a': {'$size': 2}}            | {'a': [0, 0]}         | true",
        "{'a': {'$size': 2}}            | {'a': 'xy'}           | false",
        "{'a': {'$size': 0}}            | {'a': []}             | true",
        "{'a': {'$size': 99999999999}}  | {'a': []}             | false",
        "{'a': {'$mod': [4, 1]}}        | {'a': 9}              | true",
        "{'a': {'$mod': [4, -1]}}       | {'a': -9}             | true",
        "{'a': {'$mod': [4, 1]}}        | {'a': 9.0}            | false",
        "{'a': {'$mod': [4, 1]}}        | {'a': '9'}            | false",
        "{'a': {'$mod': [10, 1]}}       | {'a': 100000000000000000000000000000001} | true",
      })
  void listsAndNumbers(String selector, String document, boolean expected) {
    assertThat(matches(selector, document)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'a': {'$type': 'null'}}       | {'a': null}           | true",
        "{'a': {'$type': 'boolean'}}    | {'a': false}          | true",
        "{'a': {'$type': 'number'}}     | {'a': 1e3}            | true",
        "{'a': {'$type': 'string'}}     | {'a': ''}             | true",
        "{'a': {'$type': 'array'}}      | {'a': []}             | true",
        "{'a': {'$type': 'object'}}     | {'a': {}}             | true",
        "{'a': {'$type': 'object'}}     | {'a': []}             | false",
        "{'a': {'$type': 'date'}}       | {'a': '2020-01-01'}   | false",
        "{'a': {'$beginsWith': 'Ji'}}   | {'a': 'Jimi'}         | true",
        "{'a': {'$beginsWith': 'ji'}}   | {'a': 'Jimi'}         | false",
        "{'a': {'$beginsWith': ''}}     | {'a': ''}             | true",
        "{'a': {'$beginsWith': '1'}}    | {'a': 12}             | false",
        "{'a': {'$regex': '^[0-9]+$'}}  | {'a': '2020'}         | true",
        "{'a': {'$regex': '02'}}        | {'a': '2020'}         | true",
        "{'a': {'$regex': '(?i)JIM'}}   | {'a': 'jimi'}         | true",
        "{'a': {'$regex': '2'}}         | {'a': 2}              | false",
      })
  void typesAndText(String selector, String document, boolean expected) {
    assertThat(matches(selector, document)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'a': {'$elemMatch': {'$gte': 80, '$lt': 85}}} | {'a': [82, 90]}                | true",
        "{'a': {'$elemMatch': {'$gte': 80, '$lt': 85}}} | {'a': [79, 90]}                | false",
        "{'a': {'$elemMatch': {'b': 1, 'c': 2}}}        | {'a': [{'b':1},{'b':1,'c':2}]} | true",
        "{'a': {'$elemMatch': {'b': 1, 'c': 2}}}        | {'a': [{'b':1},{'c':2}]}       | false",
        "{'a': {'$elemMatch': {'b': 1}}}                | {'a': {'b': 1}}                | false",
        "{'a': {'$elemMatch': {'b.c': 1}}}              | {'a': [{'b': {'c': 1}}]}       | true",
        "{'a': {'$elemMatch': {'$not': {'b': 1}}}}      | {'a': [{'c': 1}]}              | true",
        "{'a': {'$elemMatch': {'$nor': [{'b': 1}]}}}    | {'a': [{'b': 2}]}              | true",
        "{'a': {'$elemMatch': {}}}                      | {'a': [{}]}                    | true",
        "{'a': {'$allMatch': {'b': {'$gt': 0}}}}        | {'a': [{'b':1},{'b':2}]}       | true",
        "{'a': {'$allMatch': {'b': {'$gt': 1}}}}        | {'a': [{'b':1},{'b':2}]}       | false",
        "{'a': {'$allMatch': {'b': {'$gt': 1}}}}        | {'a': []}                      | false",
        "{'a': {'$keyMapMatch': {'$eq': 'b'}}}          | {'a': {'b': 1, 'c': 2}}        | true",
        "{'a': {'$keyMapMatch': {'$regex': '^x'}}}      | {'a': {'b': 1, 'c': 2}}        | false",
        "{'a': {'$keyMapMatch': {'$eq': 'b'}}}          | {'a': ['b']}                   | false",
      })
  void contents(String selector, String document, boolean expected) {
    assertThat(matches(selector, document)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}                                          | {'a': 1}         | true",
        "{'a': 1, 'b': 2}                            | {'a': 1, 'b': 2} | true",
        "{'a': 1, 'b': 2}                            | {'a': 1}         | false",
        "{'$and': [{'a': 1}, {'b': 2}]}              | {'a': 1, 'b': 2} | true",
        "{'$and': []}                                | {}               | true",
        "{'$or': [{'a': 1}, {'b': 2}]}               | {'b': 2}         | true",
        "{'$or': [{'a': 1}, {'b': 2}]}               | {'b': 3}         | false",
        "{'$or': []}                                 | {}               | true",
        "{'$nor': [{'a': 1}, {'b': 2}]}              | {'a': 2, 'b': 1} | true",
        "{'$nor': [{'a': 1}, {'b': 2}]}              | {'a': 2, 'b': 2} | false",
        "{'$nor': []}                                | {}               | true",
        "{'a': {'$or': [1, 2]}}                      | {'a': 2}         | true",
        "{'a': {'$or': [{'$lt': 0}, {'b': 3}]}}      | {'a': {'b': 3}}  | true",
        "{'a': 1, '$or': [{'b': 1}, {'b': 2}]}       | {'a': 1, 'b': 2} | true",
        "{'$and': [{}]}                              | {}               | true",
        "{'$and': [{}]}                              | {'a': 1}         | false",
        "{'$or': [{'$type': 'object'}, {'b': 3}]}    | {'a': 1}         | true",
      })
  void combinations(String selector, String document, boolean expected) {
    assertThat(matches(selector, document)).isEqualTo(expected);
  }

  @Test
  void idsAreComparedRaw() {
    assertThat(matches("{'_id': {'$gt': 'B'}}", "{'_id': 'a'}")).isTrue();
    assertThat(matches("{'name': {'$gt': 'B'}}", "{'name': 'a'}")).isFalse();
    assertThat(matches("{'_id': {'$gt': {}}}", "{'_id': 'a'}")).isTrue();
    assertThat(matches("{'_id': {'$in': ['e\u0301']}}", "{'_id': '\u00e9'}")).isFalse();
  }

  @Test
  void exactNumbersDecide() {
    assertThat(matches("{'a': 9007199254740993}", "{'a': 9007199254740992}")).isFalse();
    assertThat(matches("{'a': {'$lt': 1e400}}", "{'a': 1e399}")).isTrue();
    assertThat(matches("{'a': {'$lt': 1e999999999999}}", "{'a': 5}")).isTrue();
  }
}
