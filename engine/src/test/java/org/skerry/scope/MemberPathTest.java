package org.skerry.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.collation.ValueReader;

class MemberPathTest {
  private static List<String> found(String path, String document) {
    List<String> found = new ArrayList<>();
    MemberPath.parse(path)
        .orElseThrow()
        .visit(
            ValueReader.read(document.getBytes(StandardCharsets.UTF_8)),
            value -> found.add(value.toString()));
    return found;
  }

  @Test
  void membersAreFoundByTheirNames() {
    assertThat(found("/at", "{\"at\":\"hill\"}")).containsExactly("\"hill\"");
    assertThat(found("/a/b/c", "{\"a\":{\"b\":{\"c\":7}}}")).containsExactly("7");
    assertThat(found("/a/b", "{\"a\":null}")).isEmpty();
    assertThat(found("/a/b", "{\"a\":\"b\"}")).isEmpty();
    assertThat(found("/a", "{\"b\":1}")).isEmpty();
    assertThat(found("/a", "{\"a\":null}")).containsExactly("null");
  }

  @Test
  void namesMayHaveDotsSlashesAndTildesAndBeEmpty() {
    assertThat(found("/a.b", "{\"a.b\":1,\"a\":{\"b\":2}}")).containsExactly("1");
    assertThat(found("/a~1b", "{\"a/b\":1}")).containsExactly("1");
    assertThat(found("/a~0b", "{\"a~b\":1}")).containsExactly("1");
    assertThat(found("/~01", "{\"~1\":1}")).containsExactly("1");
    assertThat(found("/a/", "{\"a\":{\"\":1}}")).containsExactly("1");
    assertThat(found("/a b", "{\"a b\":1}")).containsExactly("1");
  }

  @Test
  void arraysArePassedThrough() {
    assertThat(found("/at", "{\"at\":[\"x\",[\"y\"],null]}"))
        .containsExactly("\"x\"", "\"y\"", "null");
    assertThat(found("/at/id", "{\"at\":[{\"id\":1},{\"no\":2},{\"id\":[3,4]}]}"))
        .containsExactly("1", "3", "4");
    assertThat(found("/at", "{\"at\":[]}")).isEmpty();
  }

  @Test
  void aNumberMeansOneElementOfAnArray() {
    String document = "{\"at\":[\"x\",\"y\"],\"by\":[{\"id\":1},{\"id\":2}],\"0\":\"zero\"}";
    assertThat(found("/at/1", document)).containsExactly("\"y\"");
    assertThat(found("/by/0/id", document)).containsExactly("1");
    assertThat(found("/at/2", document)).isEmpty();
    assertThat(found("/at/01", document)).isEmpty();
    assertThat(found("/at/-1", document)).isEmpty();
    assertThat(found("/at/99999999999", document)).isEmpty();
    assertThat(found("/0", document)).containsExactly("\"zero\"");
  }

  /** However deep: else each would be visited once for each that it is in. */
  @Test
  void ofArraysWithinArraysANumberMeansAnElementOfTheOutermost() {
    assertThat(found("/at/0", "{\"at\":[[[\"x\",\"y\"]],[\"z\"]]}"))
        .containsExactly("\"x\"", "\"y\"");
    assertThat(found("/at/1/0", "{\"at\":[\"x\",[\"y\",\"z\"]]}")).containsExactly("\"y\"");
    assertThat(found("/at/0/id", "{\"at\":[[{\"id\":1},{\"id\":2}]]}")).containsExactly("1", "2");
    assertThat(found("/at/0", "{\"at\":" + "[".repeat(300) + "7" + "]".repeat(300) + "}"))
        .containsExactly("7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "at", "at/x", "/a~", "/a~2b", "/a/~", "#/a"})
  void whatIsNoPointerToAMemberIsNone(String text) {
    assertThat(MemberPath.parse(text)).isEmpty();
  }
}
