package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Parts of answers, and how many documents make one. */
class PortionTest {
  @Test
  void documentsOfAKilobyteAreReadByTheHundred() {
    assertThat(Portion.FIRST.after(16, 16 * 1024).documents()).isEqualTo(128);
  }

  @Test
  void largeDocumentsAreReadOneByOneAndSmallOnesNotAllAtOnce() {
    assertThat(Portion.FIRST.after(16, 16L << 23).documents()).isEqualTo(1);
    assertThat(Portion.FIRST.after(1, 300).documents()).isEqualTo(200);
    assertThat(Portion.FIRST.after(16, 0).documents()).isEqualTo(200);
    assertThat(new Portion(1).after(1, 1 << 30).documents()).isEqualTo(1);
  }

  @Test
  void whatIsHeldIsSentInItsOrder() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    HeldStream stream = new HeldStream(sent);
    stream.write('a');
    stream.hold();
    stream.write("bc".getBytes(StandardCharsets.US_ASCII));
    stream.write('d');
    stream.flush();
    assertThat(stream.size()).isEqualTo(3);
    assertThat(sent.toString(StandardCharsets.US_ASCII)).isEqualTo("a");
    stream.send();
    assertThat(stream.size()).isZero();
    stream.write('e');
    stream.close();
    assertThat(sent.toString(StandardCharsets.US_ASCII)).isEqualTo("abcde");
  }
}
