package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FieldRangeTest {
  private static FieldRange range(String field, String selector) {
    return FieldRange.of(field, Asked.normal(selector).terms());
  }

  /** As mathematicians write it, so that the tests can be read. */
  private static String shown(FieldRange range) {
    if (range.empty()) {
      return "empty";
    }
    String low = range.low().map(b -> (b.included() ? "[" : "(") + b.value()).orElse("(");
    String high = range.high().map(b -> b.value() + (b.included() ? "]" : ")")).orElse(")");
    return (low + ".." + high).replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1} | [1..1]",
        "{'b':1} | (..)",
        "{'a':{'$gt':1}} | (1..)",
        "{'a':{'$gte':1}} | [1..)",
        "{'a':{'$lt':1}} | (..1)",
        "{'a':{'$lte':1}} | (..1]",
        "{'a':{'$gt':1,'$lt':5}} | (1..5)",
        "{'a':{'$gt':1,'$gte':1}} | (1..)",
        "{'a':{'$gte':2,'$gt':1}} | [2..)",
        "{'a':{'$lte':1,'$lt':1}} | (..1)",
        "{'a':{'$lt':3,'$lte':2}} | (..2]",
        "{'a':{'$gte':1,'$lte':1}} | [1..1]",
        "{'a':{'$gt':1,'$lte':1}} | empty",
        "{'a':{'$gt':5,'$lt':1}} | empty",
        "{'a':{'$eq':1,'$gt':1}} | empty",
        "{'$and':[{'a':1},{'a':2}]} | empty",
        "{'$and':[{'a':1},{'a':1}]} | [1..1]",
        "{'a':{'$gt':1,'$lt':'x'}} | (1..'x')",
        "{'a':{'$gt':'x','$lt':1}} | empty",
        "{'a':{'$gt':null}} | (null..)",
        "{'a':{'$gt':1,'$in':[2]}} | (1..)",
        "{'$or':[{'a':1},{'a':2}]} | (..)",
        "{'a':{'$ne':1}} | (..)",
        "{'a':{'$beginsWith':'x'}} | ['x'..'x\ufffd']",
        "{'a':{'$beginsWith':'\u00e9'}} | (..)",
      })
  void conditionsNarrow(String selector, String expected) {
    assertThat(shown(range("a", selector))).isEqualTo(expected);
  }

  @Test
  void idsAreComparedRaw() {
    String selector = "{'_id':{'$gte':'B','$lte':'a'},'a':{'$gte':'B','$lte':'a'}}";
    assertThat(shown(range("_id", selector))).isEqualTo("['B'..'a']");
    assertThat(shown(range("a", selector))).isEqualTo("empty");
  }

  @Test
  void aSingleValueIsEqualInTheIndexsOrder() {
    assertThat(range("a", "{'a':1}").isSingle()).isTrue();
    assertThat(range("a", "{'a':{'$gte':1,'$lte':1.0}}").isSingle()).isTrue();
    assertThat(range("a", "{'a':{'$gt':1}}").isSingle()).isFalse();
  }

  private static KeyRange keys(String selector, String... columns) {
    NormalSelector normal = Asked.normal(selector);
    List<FieldRange> ranges =
        List.of(columns).stream().map(name -> FieldRange.of(name, normal.terms())).toList();
    return KeyRange.of(List.of(columns), ranges);
  }

  @Test
  void keysAreBoundedAsFarAsTheColumnsAre() {
    KeyRange range = keys("{'a':1,'b':{'$gt':2},'c':{'$lt':3}}", "a", "b", "c");
    assertThat(range.from()).extracting(JsonNode::toString).containsExactly("1", "2");
    assertThat(range.to()).extracting(JsonNode::toString).containsExactly("1");
    assertThat(keys("{'x':1}", "a").from()).isEmpty();
  }

  @Test
  void rangesOfIdsDoNotNarrowCollatedKeys() {
    assertThat(keys("{'a':1,'_id':{'$gt':'B'}}", "a", "_id").from()).hasSize(1);
    assertThat(keys("{'a':1,'_id':'B'}", "a", "_id").from()).hasSize(2);
    assertThat(Optional.of(keys("{'_id':{'$lt':'B'}}", "_id", "a").to())).contains(List.of());
  }
}
