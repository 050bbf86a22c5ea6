package org.skerry.fulltext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skerry.store.Seq;

class StandingTest {
  @Test
  void aCommitKeepsPositionAndTypes() {
    FieldTypes types = new FieldTypes();
    types.admit(
        List.of(new IndexedField.Real("a,:\"ü", 1, false), new IndexedField.Text("b", "", true)));
    Standing standing = new Standing(Seq.of(7, new byte[] {1, -1}), 3);
    Map<String, String> data = standing.commitData(types);
    assertThat(Standing.of(data)).contains(standing);
    FieldTypes again = FieldTypes.parse(data.getOrDefault("fields", ""));
    assertThat(again.of("a,:\"ü")).contains(FieldTypes.Type.DOUBLE);
    assertThat(again.of("b")).contains(FieldTypes.Type.TEXT);
    assertThat(again.of("c")).isEmpty();
  }

  @Test
  void anotherFormIsNotRead() {
    assertThat(Standing.of(Map.of())).isEmpty();
    assertThat(Standing.of(Map.of("format", "2", "seq", "1", "position", "", "purges", "0")))
        .isEmpty();
    assertThat(Standing.of(Map.of("format", "1", "seq", "x", "position", "", "purges", "0")))
        .isEmpty();
    assertThat(Standing.of(Map.of("format", "1", "seq", "1", "position", "x", "purges", "0")))
        .isEmpty();
  }
}
