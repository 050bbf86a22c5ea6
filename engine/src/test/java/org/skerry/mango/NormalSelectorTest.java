package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalSelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | {}",
        "{'a':1} | {'a':{'$eq':1}}",
        "{'a':{}} | {'a':{'$eq':{}}}",
        "{'a':{'b':1}} | {'a.b':{'$eq':1}}",
        "{'a':1,'b':2} | {'$and':[{'a':{'$eq':1}},{'b':{'$eq':2}}]}",
        "{'a':{'$gt':1,'$lt':5}} | {'$and':[{'a':{'$gt':1}},{'a':{'$lt':5}}]}",
        "{'a':{'$or':[1,{'b':2}]}} | {'$or':[{'a':{'$eq':1}},{'a.b':{'$eq':2}}]}",
        "{'$not':{'a':{'$gt':1}}} | {'a':{'$lte':1}}",
        "{'a':{'$not':{'$regex':'x'}}} | {'a':{'$not':{'$regex':'x'}}}",
        "{'$nor':[{'a':1},{'b':{'$in':[1]}}]} |" + " {'$and':[{'a':{'$ne':1}},{'b':{'$nin':[1]}}]}",
        "{'$not':{'a':{'$exists':true}}} | {'a':{'$exists':false}}",
        "{'$not':{'$not':{'a':1}}} | {'a':{'$eq':1}}",
        "{'$not':{'$and':[{'a':1},{'b':1}]}} | {'$or':[{'a':{'$ne':1}},{'b':{'$ne':1}}]}",
        "{'a':{'$elemMatch':{'$gte':1,'b':2}}} |"
            + " {'a':{'$elemMatch':{'$and':[{'':{'$gte':1}},{'b':{'$eq':2}}]}}}",
      })
  void theFormIsCouchDbs(String selector, String normal) {
    assertThat(Asked.normal(selector).json()).isEqualTo(Asked.json(normal));
    assertThat(Asked.normal(normal).json()).isEqualTo(Asked.json(normal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1} | true",
        "{'b':1} | false",
        "{} | false",
        "{'a':{'$exists':false}} | false",
        "{'a':{'$exists':true}} | true",
        "{'a':{'$ne':1}} | true",
        "{'a':{'$in':[1]}} | true",
        "{'$and':[{'b':1},{'a':1}]} | true",
        "{'$or':[{'a':1},{'b':1}]} | false",
        "{'$or':[{'a':1},{'a':2}]} | true",
        "{'$or':[{'a':1},{'$and':[{'b':1},{'a':1}]}]} | true",
        "{'b':1,'$or':[{'a':1},{'a':2}]} | true",
        "{'b':1,'$or':[]} | false",
        "{'a.b':1} | false",
      })
  void membersAreRequiredWhereEveryMatchHasThem(String selector, boolean required) {
    assertThat(Asked.normal(selector).requires(Set.of("a"))).isEqualTo(required);
  }

  @Test
  void severalMembersMayBeRequiredInSeveralPlaces() {
    String selector = "{'$and':[{'a':1},{'$or':[{'b':1},{'b':2}]}],'c':1}";
    assertThat(Asked.normal(selector).requires(Set.of("a", "b", "c"))).isTrue();
    assertThat(Asked.normal(selector).requires(Set.of("a", "d"))).isFalse();
    assertThat(Asked.normal("{}").requires(Set.of())).isTrue();
  }

  @Test
  void fieldsAreFoundEverywhere() {
    NormalSelector selector =
        Asked.normal("{'a':{'b':{'$gt':1}},'$or':[{'c':{'$ne':2}},{'d':{'$beginsWith':'x'}}]}");
    assertThat(selector.fields()).containsExactly("a.b", "c", "d");
    assertThat(selector.indexableFields()).containsExactly("a.b");
    assertThat(Asked.normal("{'a':{'$elemMatch':{'b':1}}}").fields()).containsExactly("a");
  }

  @Test
  void equalityIsConstant() {
    assertThat(Asked.normal("{'a':1,'b':{'$gt':1}}").isConstant("a")).isTrue();
    assertThat(Asked.normal("{'a':1,'b':{'$gt':1}}").isConstant("b")).isFalse();
    assertThat(Asked.normal("{'$or':[{'a':1},{'b':1}]}").isConstant("a")).isFalse();
    assertThat(Asked.normal("{'$and':[{'$and':[{'a':1}]}]}").isConstant("a")).isTrue();
  }

  @Test
  void combinationsOfNothingMatchNothing() {
    assertThat(Asked.normal("{'$or':[]}").isEmptyCombination()).isTrue();
    assertThat(Asked.normal("{'$nor':[]}").isEmptyCombination()).isTrue();
    assertThat(Asked.normal("{'a':[]}").isEmptyCombination()).isFalse();
    assertThat(Asked.normal("{'a':22,'$or':[]}").isEmptyCombination()).isFalse();
    assertThat(Asked.normal("{}").isEmptyCombination()).isFalse();
  }
}
