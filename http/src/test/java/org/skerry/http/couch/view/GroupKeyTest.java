package org.skerry.http.couch.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupKeyTest {
  private static String group(String key, int level) {
    return new String(GroupKey.of(key.getBytes(UTF_8), level), UTF_8);
  }

  @Test
  void theFirstElementsMakeTheGroup() {
    assertThat(group("[1,2,3]", 1)).isEqualTo("[1]");
    assertThat(group("[1,2,3]", 2)).isEqualTo("[1,2]");
    assertThat(group("[[1,2],{\"a\":[3,4],\"b\":5},6]", 2))
        .isEqualTo("[[1,2],{\"a\":[3,4],\"b\":5}]");
  }

  @Test
  void shorterArraysAndOtherKeysAreWhole() {
    assertThat(group("[1,2,3]", 3)).isEqualTo("[1,2,3]");
    assertThat(group("[1]", Integer.MAX_VALUE)).isEqualTo("[1]");
    assertThat(group("[]", 1)).isEqualTo("[]");
    assertThat(group("\"a,b\"", 1)).isEqualTo("\"a,b\"");
    assertThat(group("null", 1)).isEqualTo("null");
  }

  @Test
  void whatLooksLikeTheEndOfAnElementMayStandInAString() {
    assertThat(group("[\"a,]\\\"[{\\\\\",2]", 1)).isEqualTo("[\"a,]\\\"[{\\\\\"]");
    assertThat(group("[\"é\\\\\",\"\\\",\",3]", 2)).isEqualTo("[\"é\\\\\",\"\\\",\"]");
  }
}
