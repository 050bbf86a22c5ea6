package org.skerry.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class DocIdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a", " ", "\0", "..", "a/b", "Patient/1?x=y#z", "é😀", "_design/x", "_local/x"})
  void anyTextIsAnId(String text) {
    DocId id = DocId.of(text);
    assertThat(id.text()).isEqualTo(text);
    assertThat(id).hasToString(text).isEqualTo(DocId.ofStored(text.getBytes(UTF_8)));
    assertThat(id.utf8()).isEqualTo(text.getBytes(UTF_8));
    assertThat(id.isDesign()).isEqualTo(text.startsWith("_design/"));
    assertThat(id.isLocal()).isEqualTo(text.startsWith("_local/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_",
        "_x",
        "_design",
        "_design/",
        "_local",
        "_local/",
        "_all_docs",
        "\ud800",
        "a\udc00b"
      })
  void someTextIsNone(String text) {
    assertThatThrownBy(() -> DocId.of(text))
        .isInstanceOfSatisfying(
            BadDocumentException.class,
            e -> assertThat(e.kind()).isEqualTo(BadDocumentException.Kind.BAD_ID));
  }

  @Test
  void theLengthIsCountedInBytes() {
    assertThat(DocId.of("x".repeat(8_192)).utf8()).hasSize(8_192);
    assertThatThrownBy(() -> DocId.of("x".repeat(8_193))).isInstanceOf(BadDocumentException.class);
    assertThat(DocId.of("é".repeat(4_096)).utf8()).hasSize(8_192);
    assertThatThrownBy(() -> DocId.of("é".repeat(4_097))).isInstanceOf(BadDocumentException.class);
  }

  @Test
  void anyCharactersAreAnIdOrRefusedAndOrderIsThatOfBytes(SplittableRandom random) {
    List<DocId> ids = new ArrayList<>();
    for (int round = 0; round < 20_000; round++) {
      char[] text = new char[random.nextInt(6)];
      for (int i = 0; i < text.length; i++) {
        text[i] =
            (char)
                (random.nextInt(3) == 0
                    ? random.nextInt(0x10000)
                    : "_a\0😀é\uffff".charAt(random.nextInt(7)));
      }
      try {
        ids.add(DocId.of(new String(text)));
      } catch (BadDocumentException e) {
        assertThat(e.kind()).isEqualTo(BadDocumentException.Kind.BAD_ID);
      }
    }
    for (int i = 1; i < ids.size(); i++) {
      DocId one = ids.get(i - 1);
      DocId other = ids.get(i);
      assertThat(Integer.signum(one.compareTo(other)))
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.utf8(), other.utf8())));
      assertThat(one.equals(other)).isEqualTo(one.compareTo(other) == 0);
      assertThat(DocId.ofStored(one.utf8())).isEqualTo(one).hasSameHashCodeAs(one);
    }
  }
}
