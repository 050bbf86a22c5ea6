package org.skerry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.StoredRevision;

class PlainDocumentTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "Patient/1, {\"n\":1.00}, false",
        "été 日本 𝄞, { \"a\" : \"é\" }, false",
        "quoted\"id, {\"n\":1}, false",
        "back\\slash, {\"n\":1}, false",
        "nothing, {}, false",
        "spaces, {   }, false",
        "gone, {}, true",
        "gone with members, {\"why\":\"moved\"}, true",
      })
  void isWhatTheGeneratorWrites(String id, String body, boolean deleted) {
    assertSame(DocId.of(id), Body.parse(body), deleted);
  }

  private static void assertSame(DocId id, Body body, boolean deleted) {
    StoredRevision revision = new StoredRevision(RevId.parse("12-abc0"), deleted, body, List.of());
    byte[] generated =
        JsonOut.bytes(out -> DocumentJson.write(out, id, revision, DocumentExtras.NONE));
    assertThat(new String(PlainDocument.line(id, revision), UTF_8))
        .isEqualTo(new String(generated, UTF_8) + "\n");
  }

  @ParameterizedTest
  @CsvSource({"9", "10", "31"})
  void controlCharactersInIdsAreEscaped(int code) {
    assertSame(DocId.of("a" + (char) code), Body.parse("{\"n\":1}"), false);
  }
}
