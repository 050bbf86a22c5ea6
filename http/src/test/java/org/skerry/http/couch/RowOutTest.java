package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.attachment.AttachmentForm;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.json.JsonMapper;

class RowOutTest {
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final RowOut out = new RowOut(sent);

  private String text() throws IOException {
    out.close();
    return sent.toString(StandardCharsets.UTF_8);
  }

  @Test
  void numbersOfEveryLengthAreWritten() throws IOException {
    StringBuilder expected = new StringBuilder();
    for (long number : new long[] {0, 9, 10, 99, 100, 1234567890123L, Long.MAX_VALUE, -5}) {
      out.number(number);
      out.write(' ');
      expected.append(number).append(' ');
    }
    assertThat(text()).isEqualTo(expected.toString());
  }

  @Test
  void stringsAreEscapedAsJsonWantsIt() throws IOException {
    String odd = "\"q\\ \u0000\u001f\n\t/ ä \u2028 😀 \u007f";
    out.string(odd);
    String json = text();
    assertThat(new JsonMapper().readTree(json).asString()).isEqualTo(odd);
    assertThat(json).contains("\\u0000").contains("\\u001f").contains("ä").contains("😀");
  }

  @Test
  void whatIsLargerThanTheBufferGoesThrough() throws IOException {
    String large = "x".repeat(100_000);
    out.raw("<");
    out.raw(large);
    out.string(large);
    out.raw(large.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 100_000; i++) {
      out.write('y');
    }
    out.raw(">");
    assertThat(text())
        .isEqualTo("<" + large + "\"" + large + "\"" + large + "y".repeat(100_000) + ">");
  }

  @Test
  void whatComesAtTheBuffersEndIsWhole() throws IOException {
    StringBuilder expected = new StringBuilder();
    RevId rev = RevId.parse("12-0123456789abcdef0123456789abcdef");
    for (int i = 0; i < 3_000; i++) {
      out.number(i);
      out.string("a\"b" + i);
      out.rev(rev);
      out.id(DocId.of("id" + i));
      out.raw(",\r\n");
      expected.append(i).append("\"a\\\"b").append(i).append("\"\"").append(rev);
      expected.append("\"\"id").append(i).append("\",\r\n");
    }
    assertThat(text()).isEqualTo(expected.toString());
  }

  @Test
  void readingIsToldOfEveryPartThatGoesOut() throws IOException {
    int[] told = {0, 0};
    RowOut.Parts counting =
        new RowOut.Parts() {
          @Override
          public void more() {
            told[0]++;
          }

          @Override
          public void end() {
            told[1]++;
          }
        };
    RowOut parts = new RowOut(sent, counting);
    for (int i = 0; i < 200; i++) {
      parts.raw("x".repeat(1_000));
    }
    parts.close();
    assertThat(told).containsExactly(3, 4);
    assertThat(sent.size()).isEqualTo(200_000);
  }

  @Test
  void documentsAreWrittenAsEverywhere() throws IOException {
    RevId rev = RevId.parse("2-0123456789abcdef0123456789abcdef");
    DocumentExtras conflicts =
        new DocumentExtras(
            Optional.empty(),
            List.of(),
            List.of(RevId.parse("1-a")),
            List.of(),
            Optional.empty(),
            AttachmentForm.STUBS,
            false);
    for (DocumentExtras extras : List.of(DocumentExtras.NONE, conflicts)) {
      for (String body : List.of("{}", "{ }", "{\"a\": 1.0}", "{ \"b\":[\"\\u00e4\"] }")) {
        for (boolean deleted : new boolean[] {false, true}) {
          DocId id = DocId.of("a\"b\\c ä");
          StoredRevision revision = new StoredRevision(rev, deleted, Body.parse(body), List.of());
          sent.reset();
          out.document(id, revision, extras);
          assertThat(text())
              .isEqualTo(
                  new String(
                      JsonOut.bytes(json -> DocumentJson.write(json, id, revision, extras)),
                      StandardCharsets.UTF_8));
        }
      }
    }
  }
}
