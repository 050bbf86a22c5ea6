package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {
  private static final String DOCUMENT =
      "{ 'a' : 1.50 ,'b':{'c':'\\u00e9','d':[10, {'e':true} ,[]]}, 'x.y':null,'n':-0.0e1 }";

  private static String projected(String fields) {
    List<String> names = Asked.json(fields).valueStream().map(name -> name.stringValue()).toList();
    byte[] body = DOCUMENT.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new String(new Projection(names).of(body, Map.of()), StandardCharsets.UTF_8)
        .replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['a'] | {'a':1.50}",
        "['n','a'] | {'n':-0.0e1,'a':1.50}",
        "['none'] | {}",
        "['b.c'] | {'b':{'c':'\\u00e9'}}",
        "['b.c','a','b.none'] | {'b':{'c':'\\u00e9'},'a':1.50}",
        "['b.d'] | {'b':{'d':[10, {'e':true} ,[]]}}",
        "['b.d.1.e'] | {'b':{'d':{'1':{'e':true}}}}",
        "['b.d.0','b.d.9','b.d.x','b.d.-1'] | {'b':{'d':{'0':10}}}",
        "['b.d.2'] | {'b':{'d':{'2':[]}}}",
        "['a.b'] | {}",
        "['b','b.c'] | {'b':{'c':'\\u00e9','d':[10, {'e':true} ,[]]}}",
        "['b.c','b'] | {'b':{'c':'\\u00e9','d':[10, {'e':true} ,[]]}}",
        "['x\\\\.y'] | {'x.y':null}",
      })
  void membersAreCopiedAsTheyStand(String fields, String expected) {
    assertThat(projected(fields)).isEqualTo(expected);
  }

  @Test
  void specialMembersStandWhereTheyAreAskedFor() {
    Projection projection = new Projection(List.of("a", "_id"));
    assertThat(projection.isPlain()).isTrue();
    assertThat(
            new String(
                projection.of(
                    "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                    Map.of("_id", RawValue.of(Projection.text("x\"")))),
                StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":1,\"_id\":\"x\\\"\"}");
    assertThat(new Projection(List.of("_attachments")).isPlain()).isFalse();
  }
}
