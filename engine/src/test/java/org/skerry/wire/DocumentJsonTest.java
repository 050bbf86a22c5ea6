package org.skerry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.attachment.AttachmentForm;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.StoredRevision;

class DocumentJsonTest {
  private static String json(String body, boolean deleted, DocumentExtras extras) {
    StoredRevision revision =
        new StoredRevision(RevId.parse("2-b"), deleted, Body.parse(body), List.of());
    return new String(
        JsonOut.bytes(out -> DocumentJson.write(out, DocId.of("a\"b"), revision, extras)), UTF_8);
  }

  @Test
  void splicesIdAndRevIntoTheBytesOfTheBody() {
    assertThat(json("{ \"n\": 1.00 }", false, DocumentExtras.NONE))
        .isEqualTo("{\"_id\":\"a\\\"b\",\"_rev\":\"2-b\", \"n\": 1.00 }");
    assertThat(json("{ }", true, DocumentExtras.NONE))
        .isEqualTo("{\"_id\":\"a\\\"b\",\"_rev\":\"2-b\",\"_deleted\":true}");
  }

  @Test
  void writesBodiesLargerThanTheGeneratorsBuffer() {
    String body = "{\"v\":\"" + "é".repeat(20_000) + "\"}";
    assertThat(json(body, false, DocumentExtras.NONE)).endsWith(body.substring(1));
  }

  @Test
  void showsWhatWasAskedFor() {
    DocumentExtras extras =
        new DocumentExtras(
            Optional.of(RevPath.of(2, List.of("b", "a"))),
            List.of(new RevInfo(RevId.parse("1-a"), RevInfo.Status.MISSING)),
            List.of(RevId.parse("2-a")),
            List.of(RevId.parse("3-d")),
            Optional.of("7"),
            AttachmentForm.STUBS,
            false);
    assertThat(json("{\"v\":1}", false, extras))
        .isEqualTo(
            "{\"_id\":\"a\\\"b\",\"_rev\":\"2-b\",\"v\":1,"
                + "\"_revisions\":{\"start\":2,\"ids\":[\"b\",\"a\"]},"
                + "\"_revs_info\":[{\"rev\":\"1-a\",\"status\":\"missing\"}],"
                + "\"_conflicts\":[\"2-a\"],\"_deleted_conflicts\":[\"3-d\"],\"_local_seq\":7}");
  }
}
