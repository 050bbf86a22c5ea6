package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.DocId;
import tools.jackson.databind.node.StringNode;

class BookmarkTest {
  @Test
  void itComesBackAsItWent() {
    Bookmark bookmark =
        new Bookmark(Asked.json("[1,'\u00e9',{'a':[null]},12345678901234567890]"), DocId.of("p/1"));
    assertThat(Bookmark.parse(StringNode.valueOf(bookmark.toString()))).contains(bookmark);
    assertThat(bookmark.toString()).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void ofARowItIsTheSameWithoutReadingItsKey() {
    String key = "[\"a \\\"b\\\"\",null,1.50]";
    DocId id = DocId.of("q\"1");
    assertThat(Bookmark.text(id, key.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(encoded("['q\\\"1'," + key + "]"));
    assertThat(
            Bookmark.parse(
                StringNode.valueOf(Bookmark.text(id, "[7]".getBytes(StandardCharsets.UTF_8)))))
        .contains(new Bookmark(Asked.json("[7]"), id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "'nil'"})
  void noneIsNone(String json) {
    assertThat(Bookmark.parse(Asked.json(json))).isEmpty();
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[",
        "[]",
        "['a']",
        "[1,2]",
        "['',1]",
        "['_x',1]",
        "{}",
        "['a',1,2]",
        "x"
      })
  void whatWasNeverGivenIsRefused(String json) {
    String text = json.isEmpty() ? "%" : encoded(json);
    assertThatThrownBy(() -> Bookmark.parse(StringNode.valueOf(text)))
        .isInstanceOfSatisfying(
            MangoException.class, e -> assertThat(e.error()).isEqualTo("invalid_bookmark"))
        .hasMessage("Invalid bookmark value: \"" + text + "\"");
  }

  @Test
  void aTowerOfArraysIsRefused() {
    String tower = "['a'," + "[".repeat(100_000) + "]".repeat(100_000) + "]";
    assertThatThrownBy(() -> Bookmark.parse(StringNode.valueOf(encoded(tower))))
        .isInstanceOf(MangoException.class);
  }
}
