package org.skerry.fhir.rest.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6902, and what somebody may send instead. */
@ExtendWith(Seeded.class)
class JsonPatchTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String patched(String document, String operations) {
    return new String(JsonPatch.apply(bytes(document), bytes(operations)), StandardCharsets.UTF_8);
  }

  private static int refused(String document, String operations) {
    OutcomeException refused =
        catchThrowableOfType(OutcomeException.class, () -> patched(document, operations));
    assertThat(refused).as("taken: " + operations).isNotNull();
    return refused.status();
  }

  /** What is stored is patched, however many values it has. */
  @Test
  void aPatchHasABound() {
    String many = "[" + "0,".repeat(2_000_000) + "0]";
    assertThat(refused("{}", many)).isEqualTo(413);
    assertThat(patched("{\"a\":" + many + "}", "[{\"op\":\"remove\",\"path\":\"/a\"}]"))
        .isEqualTo("{}");
  }

  /** The examples of its appendix A, and some more. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          {"a":1} ; {"op":"add","path":"/b","value":2} ; {"a":1,"b":2}
          {"a":[1,3]} ; {"op":"add","path":"/a/1","value":2} ; {"a":[1,2,3]}
          {"a":[1]} ; {"op":"add","path":"/a/-","value":[2]} ; {"a":[1,[2]]}
          {"a":1} ; {"op":"add","path":"/a","value":null} ; {"a":null}
          {"a":1,"b":2} ; {"op":"remove","path":"/b"} ; {"a":1}
          {"a":[1,2,3]} ; {"op":"remove","path":"/a/1"} ; {"a":[1,3]}
          {"a":1} ; {"op":"replace","path":"/a","value":{"b":2}} ; {"a":{"b":2}}
          {"a":[1,2]} ; {"op":"replace","path":"/a/1","value":3} ; {"a":[1,3]}
          {"a":1,"b":2} ; {"op":"replace","path":"/a","value":3} ; {"a":3,"b":2}
          {"a":1} ; {"op":"replace","path":"","value":[2]} ; [2]
          {"a":{"b":1},"c":{}} ; {"op":"move","from":"/a/b","path":"/c/d"} ; {"a":{},"c":{"d":1}}
          {"a":[1,2,3,4]} ; {"op":"move","from":"/a/1","path":"/a/3"} ; {"a":[1,3,4,2]}
          {"a":{"b":1}} ; {"op":"move","from":"/a","path":""} ; {"b":1}
          {"a":{"b":1}} ; {"op":"copy","from":"/a","path":"/a/c"} ; {"a":{"b":1,"c":{"b":1}}}
          {"a":1} ; {"op":"copy","from":"","path":"/a"} ; {"a":{"a":1}}
          {"a":[1,"x",null]} ; {"op":"test","path":"/a","value":[1.0,"x",null]} ; {"a":[1,"x",null]}
          {"a":10} ; {"op":"test","path":"/a","value":1e1} ; {"a":10}
          {"/":9,"~1":10} ; {"op":"test","path":"/~01","value":10} ; {"/":9,"~1":10}
          {"/":9,"":1} ; {"op":"remove","path":"/~1"} ; {"":1}
          {"":{"":1}} ; {"op":"remove","path":"//"} ; {"":{}}
          {"a":1} ; {"op":"add","path":"/b","value":2,"other":[]} ; {"a":1,"b":2}
          {"é":1} ; {"op":"add","path":"/\\u0000\\ud83d\\ude00","value":1.50} ; {"é":1,"\\u0000😀":1.50}
          {"a":1} ; {"op":"add","path":"","value":[]} ; []
          """)
  void whatTheStandardSays(String document, String operation, String expected) {
    assertThat(patched(document, "[" + operation + "]")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          400 ; {}
          400 ; "remove"
          400 ; [
          400 ; [null]
          400 ; [5]
          400 ; [[{"op":"remove","path":"/a"}]]
          400 ; [{}]
          400 ; [{"op":"remove"}]
          400 ; [{"op":"remove","path":null}]
          400 ; [{"op":"remove","path":5}]
          400 ; [{"op":"remove","path":["a"]}]
          400 ; [{"op":"remove","path":"a"}]
          400 ; [{"op":"remove","path":"/a~"}]
          400 ; [{"op":"remove","path":"/a~2"}]
          400 ; [{"op":"REMOVE","path":"/a"}]
          400 ; [{"op":["remove"],"path":"/a"}]
          400 ; [{"op":"spam","path":"/a"}]
          400 ; [{"op":"add","path":"/b"}]
          400 ; [{"op":"copy","path":"/b"}]
          400 ; [{"op":"move","from":{},"path":"/b"}]
          422 ; [{"op":"remove","path":""}]
          422 ; [{"op":"remove","path":"/b"}]
          422 ; [{"op":"remove","path":"/l/-"}]
          422 ; [{"op":"remove","path":"/l/2"}]
          422 ; [{"op":"replace","path":"/b","value":1}]
          422 ; [{"op":"add","path":"/b/c","value":1}]
          422 ; [{"op":"add","path":"/a/c","value":1}]
          422 ; [{"op":"add","path":"/l/3","value":1}]
          422 ; [{"op":"add","path":"/l/-1","value":1}]
          422 ; [{"op":"add","path":"/l/01","value":1}]
          422 ; [{"op":"add","path":"/l/1e0","value":1}]
          422 ; [{"op":"add","path":"/l/٣","value":1}]
          422 ; [{"op":"add","path":"/l/99999999999999999999","value":1}]
          422 ; [{"op":"test","path":"/a","value":"1"}]
          422 ; [{"op":"test","path":"/l","value":[2,1]}]
          422 ; [{"op":"test","path":"/l","value":{"0":1,"1":2}}]
          422 ; [{"op":"move","from":"/o","path":"/o/p/q"}]
          422 ; [{"op":"add","path":"/b","value":1e100000}]
          """)
  void whatIsNoneOrDoesNotFitIsRefused(int status, String patch) {
    assertThat(refused("{\"a\":1,\"l\":[1,2],\"o\":{\"p\":{}}}", patch)).isEqualTo(status);
  }

  /** Thirty of them would be a gigabyte, and forty more than any node has. */
  @Test
  void copiesOfCopiesDoNotFillTheMemory() {
    String copy = "{\"op\":\"copy\",\"from\":\"\",\"path\":\"/a\"},";
    String list = "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/-\"},";
    for (String operation : List.of(copy, list)) {
      String patch = "[" + operation.repeat(60) + "{\"op\":\"test\",\"path\":\"\",\"value\":1}]";
      String text = "\"" + "x".repeat(1_000) + "\"";
      assertThat(refused("{\"a\":[],\"text\":" + text + ",\"b\":[" + text + "]}", patch))
          .isIn(413, 422);
    }
    assertThat(
            refused(
                "{\"a\":[\"" + "x".repeat(1 << 20) + "\"]}",
                "[" + list.repeat(40) + list.strip().replaceAll(",$", "]")))
        .isEqualTo(413);
  }

  @Test
  void tooManyOperationsAreTooMany() {
    String test = "{\"op\":\"test\",\"path\":\"/a\",\"value\":1},";
    assertThat(refused("{\"a\":1}", "[" + test.repeat(10_000) + "{}]")).isEqualTo(413);
    assertThat(patched("{\"a\":1}", "[" + test.repeat(9_999) + test.replace("},", "}]")))
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void whatBecomesTooDeepIsRefused() {
    String deep = "[".repeat(400) + "]".repeat(400);
    String patch =
        "[{\"op\":\"add\",\"path\":\"/a" + "/0".repeat(399) + "/-\",\"value\":" + deep + "}]";
    assertThat(refused("{\"a\":" + deep + "}", patch)).isEqualTo(422);
  }

  /**
   * What was added is there, copies are apart from each other, what is taken back was never there.
   */
  @RepeatedTest(200)
  void operationsHaveTheirOpposites(SplittableRandom random) {
    JsonNode document = value(random, 3);
    List<String> places = new ArrayList<>();
    places(document, "", places);
    String some = places.get(random.nextInt(places.size()));
    String from = places.get(random.nextInt(places.size()));
    String value = value(random, 2).toString();
    String text = document.toString();
    assertThat(patched(text, "[%s,%s]".formatted(add(some, value), test(some, value))))
        .as("added at %s of %s", some, text)
        .isNotNull();
    if (!isPresent(document, some)) {
      assertThat(patched(text, "[%s,%s]".formatted(add(some, value), remove(some))))
          .isEqualTo(text);
      assertThat(
              patched(
                  text,
                  "[{\"op\":\"copy\",\"from\":\"%s\",\"path\":\"%s\"},%s]"
                      .formatted(parent(from), some, remove(some))))
          .isEqualTo(text);
    }
  }

  private static String add(String path, String value) {
    return "{\"op\":\"add\",\"path\":\"" + path + "\",\"value\":" + value + "}";
  }

  private static String test(String path, String value) {
    return add(path, value).replace("\"op\":\"add\"", "\"op\":\"test\"");
  }

  private static String remove(String path) {
    return "{\"op\":\"remove\",\"path\":\"" + path + "\"}";
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static boolean isPresent(JsonNode document, String path) {
    JsonNode parent = document.at(parent(path));
    return parent.isObject() && parent.has(path.substring(path.lastIndexOf('/') + 1));
  }

  /** Where something can be added. */
  private static void places(JsonNode node, String at, List<String> places) {
    if (node instanceof ObjectNode object) {
      places.add(at + "/new");
      object
          .properties()
          .forEach(
              member -> {
                places.add(at + "/" + member.getKey());
                places(member.getValue(), at + "/" + member.getKey(), places);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        places.add(at + "/" + i);
        places(array.get(i), at + "/" + i, places);
      }
      places.add(at + "/" + array.size());
    }
  }

  private static JsonNode value(SplittableRandom random, int depth) {
    if (depth < 3 && random.nextInt(3) == 0) {
      return MAPPER.readTree(List.of("null", "1", "1.50", "\"x\"", "true").get(random.nextInt(5)));
    }
    if (random.nextBoolean()) {
      ObjectNode object = MAPPER.createObjectNode();
      for (int left = depth == 0 ? 0 : random.nextInt(4); left > 0; left--) {
        object.set(List.of("a", "b", "", "ü").get(random.nextInt(4)), value(random, depth - 1));
      }
      return object;
    }
    ArrayNode array = MAPPER.createArrayNode();
    for (int left = depth == 0 ? 0 : random.nextInt(4); left > 0; left--) {
      array.add(value(random, depth - 1));
    }
    return array;
  }

  /** Whatever is sent: it is applied, or refused with a status. */
  @RepeatedTest(300)
  void nothingElseComesOfAnything(SplittableRandom random) {
    List<String> paths =
        List.of(
            "\"\"", "\"/a\"", "\"/a/0\"", "\"/a/-\"", "\"/b/c\"", "\"~\"", "\"/~1\"", "null", "5");
    List<String> ops =
        List.of("\"add\"", "\"copy\"", "\"move\"", "\"remove\"", "\"replace\"", "\"test\"", "{}");
    StringBuilder patch = new StringBuilder("[");
    for (int left = random.nextInt(1, 8); left > 0; left--) {
      patch.append(patch.length() > 1 ? "," : "");
      patch.append("{\"op\":").append(ops.get(random.nextInt(ops.size())));
      patch.append(",\"path\":").append(paths.get(random.nextInt(paths.size())));
      patch.append(",\"from\":").append(paths.get(random.nextInt(paths.size())));
      patch.append(",\"value\":").append(value(random, 2)).append('}');
    }
    try {
      assertThat(MAPPER.readTree(patched(value(random, 3).toString(), patch + "]"))).isNotNull();
    } catch (OutcomeException e) {
      assertThat(e.status()).as(patch.toString()).isIn(400, 413, 422);
    }
  }
}
