package org.skerry.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class MultipartWriterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final MultipartWriter writer = new MultipartWriter(out, "B");

  @Test
  void writesAsCouchDbDoes() throws IOException {
    PartHeaders json = PartHeaders.EMPTY.with("Content-Type", "application/json");
    writer.part(json).write(Multiparts.bytes("{}"));
    OutputStream second = writer.part(PartHeaders.EMPTY);
    second.write('x');
    second.close();
    writer.finish();
    writer.finish();
    assertThat(out)
        .hasToString("--B\r\nContent-Type: application/json\r\n\r\n{}\r\n--B\r\n\r\nx\r\n--B--");
    assertThat(writer.contentType("related")).hasToString("multipart/related; boundary=\"B\"");
  }

  @Test
  void withoutPartsItIsTheClosingDelimiterAlone() throws IOException {
    writer.finish();
    assertThat(out).hasToString("--B--");
  }

  @Test
  void aPartIsOverWhenTheNextBegins() throws IOException {
    OutputStream first = writer.part(PartHeaders.EMPTY);
    OutputStream second = writer.part(PartHeaders.EMPTY);
    assertThatIOException().isThrownBy(() -> first.write(1));
    writer.finish();
    assertThatIOException().isThrownBy(() -> second.write(1));
    assertThatIllegalStateException().isThrownBy(() -> writer.part(PartHeaders.EMPTY));
  }

  @Test
  void headersThatWouldBreakTheLineAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> PartHeaders.EMPTY.with("A", "b\r\nC: d"));
    assertThatIllegalArgumentException().isThrownBy(() -> PartHeaders.EMPTY.with("A b", "c"));
    assertThatIllegalArgumentException().isThrownBy(() -> new MultipartWriter(out, "a\r\n"));
  }

  @Test
  void newBoundariesDiffer() {
    assertThat(MultipartWriter.newBoundary()).isNotEqualTo(MultipartWriter.newBoundary());
    assertThat(Delimiter.isBoundary(MultipartWriter.newBoundary())).isTrue();
  }
}
