package org.skerry.selector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class BodyMembersTest {
  private static String read(String body, int most, String... names) {
    ObjectNode into = JsonNodeFactory.instance.objectNode();
    BodyMembers.read(body.getBytes(UTF_8), Set.of(names)::contains, most, into);
    return into.toString();
  }

  @Test
  void valuesOfEveryKindAreRead() {
    String body =
        " { \"s\" : \"caf\\u00e9 \\\"1\\\"\", \"n\": -1.50, \"big\":123456789012345678901234567890,"
            + " \"o\": {\"a\":[1,{\"b\":null}]} ,\"l\":[ true, false ], \"z\":null }";
    assertThat(read(body, 6, "s", "n", "big", "o", "l", "z"))
        .isEqualTo(
            "{\"s\":\"café \\\"1\\\"\",\"n\":-1.50,\"big\":123456789012345678901234567890,"
                + "\"o\":{\"a\":[1,{\"b\":null}]},\"l\":[true,false],\"z\":null}");
  }

  @Test
  void namesInsideOfValuesAreNoMembers() {
    assertThat(read("{\"x\":{\"a\":1},\"y\":[{\"a\":2}],\"a\":3}", 1, "a")).isEqualTo("{\"a\":3}");
    assertThat(read("{\"\\u0061\":3}", 1, "a")).isEqualTo("{\"a\":3}");
    assertThat(read("{}", 1, "a")).isEqualTo("{}");
  }

  @Test
  void whatStandsBehindTheLastIsNotLookedAt() {
    assertThat(read("{\"a\":1,!}", 1, "a")).isEqualTo("{\"a\":1}");
    assertThat(read("{!}", 0)).isEqualTo("{}");
  }

  /** Whoever asks names as many as he likes: each of a body's members is looked up once. */
  @Test
  void manyNamesAreNotComparedOneByOne() {
    String body = "{\"x\":1,\"\\u0061\":2,\"y\":{\"b\":3},\"b\":4,\"z\":5}";
    List<String> names = new ArrayList<>(List.of("a", "b", "absent"));
    List<String> asked = new ArrayList<>();
    assertThat(read(body, names, asked)).isEqualTo("{\"a\":2,\"b\":4}");
    assertThat(asked).isEmpty();
    for (int i = 0; i < 1_000; i++) {
      names.add("absent" + i);
    }
    assertThat(read(body, names, asked)).isEqualTo("{\"a\":2,\"b\":4}");
    assertThat(asked).containsExactly("x", "a", "y", "b", "z");
  }

  private static String read(String body, List<String> names, List<String> asked) {
    ObjectNode into = JsonNodeFactory.instance.objectNode();
    BodyMembers.read(
        body.getBytes(UTF_8),
        names.stream().map(BodyMembers.Wanted::of).toList(),
        name -> asked.add(name) && names.contains(name),
        into);
    return into.toString();
  }
}
