package org.skerry.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.skerry.multipart.Multiparts.bytes;
import static org.skerry.multipart.Multiparts.readAll;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.multipart.MultipartException.Kind;

class MultipartReaderTest {
  /** As CouchDB 3.5 answers GET with attachments=true. */
  private static final String DOCUMENT =
      "--B\r\nContent-Type: application/json\r\n\r\n{\"_id\":\"a\"}"
          + "\r\n--B\r\nContent-Disposition: attachment; filename=\"ä \\\"1\\\".txt\"\r\n"
          + "Content-Type: text/plain\r\nContent-Length: 5\r\nContent-Encoding: GZIP\r\n\r\nhe\r\nl"
          + "\r\n--B--";

  @Test
  void aDocumentWithItsAttachment() throws IOException {
    List<Multiparts.Read> parts = readAll(DOCUMENT);
    assertThat(parts)
        .extracting(Multiparts.Read::text)
        .containsExactly("{\"_id\":\"a\"}", "he\r\nl");
    PartHeaders headers = parts.getLast().headers();
    assertThat(headers.filename()).contains("ä \"1\".txt");
    assertThat(headers.first("content-length")).contains("5");
    assertThat(headers.contentEncoding()).contains("gzip");
    assertThat(headers.contentType().orElseThrow().value()).isEqualTo("text/plain");
  }

  @Test
  void oneByteAtATime() throws IOException {
    for (int most = 1; most < 5; most++) {
      assertThat(readAll(new Trickle(bytes(DOCUMENT), most, most), "B"))
          .isEqualTo(readAll(DOCUMENT));
    }
  }

  @Test
  void severalDocumentsEachWithAttachments() throws IOException {
    String outer =
        "--O\r\nContent-Type: multipart/related; boundary=\"B\"\r\n\r\n"
            + DOCUMENT
            + "\r\n"
            + "--O\r\n"
            + "Content-Type: application/json; error=\"true\"\r\n\r\n"
            + "{\"missing\":\"2-x\"}\r\n"
            + "--O--";
    MultipartReader reader = reader(outer, "O");
    Part document = reader.next().orElseThrow();
    assertThat(document.isMultipart()).isTrue();
    MultipartReader nested = document.nested();
    assertThat(nested.next().orElseThrow().body()).hasContent("{\"_id\":\"a\"}");
    assertThat(nested.next().orElseThrow().body().readAllBytes()).isEqualTo(bytes("he\r\nl"));
    assertThat(nested.next()).isEmpty();
    Part missing = reader.next().orElseThrow();
    assertThat(missing.isMultipart()).isFalse();
    assertThat(missing.headers().contentType().orElseThrow().parameter("error")).contains("true");
    assertThat(missing.body()).hasContent("{\"missing\":\"2-x\"}");
    assertThat(reader.next()).isEmpty();
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void aNestedMultipartThatIsCutOffDoesNotLookComplete() throws IOException {
    String outer =
        "--O\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n\r\nhalf\r\n--O--";
    MultipartReader nested = reader(outer, "O").next().orElseThrow().nested();
    InputStream body = nested.next().orElseThrow().body();
    assertThatTruncated(body::readAllBytes);
  }

  @Test
  void aBoundaryMayBeginLikeAnother() throws IOException {
    String outer =
        "--B\r\nContent-Type: multipart/mixed; boundary=BB\r\n\r\n--BB\r\n\r\nx\r\n--BB--\r\n--B--";
    MultipartReader nested = reader(outer, "B").next().orElseThrow().nested();
    assertThat(nested.next().orElseThrow().body()).hasContent("x");
    assertThat(nested.next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n--", "\r\n--C", "\r\n--Bx\r\n", "\r\n--B-\r\n", "\r\n--B--x", "\n--B\r\n", "\r--B\r\n",
        "\r\r\n--C", "\r\n\r\n", "\r", "-", "\r\n--B \t x", "\r\n--B\n", "\r\n--B\r"
      })
  void whatOnlyLooksLikeADelimiterIsData(String data) throws IOException {
    String whole = "a" + data;
    assertThat(readAll("--B\r\n\r\n" + whole + "\r\n--B--"))
        .singleElement()
        .satisfies(p -> assertThat(p.text()).isEqualTo(whole));
    String doubled = "a" + data + data + "b";
    assertThat(readAll("--B\r\n\r\n" + doubled + "\r\n--B\r\n\r\n\r\n--B--").getFirst().text())
        .isEqualTo(doubled);
  }

  @Test
  void emptyBodiesAndPartsWithoutHeaders() throws IOException {
    assertThat(readAll("--B\r\n\r\n\r\n--B--"))
        .extracting(Multiparts.Read::text)
        .containsExactly("");
    // RFC 2046 lets the body's line break be absent with the body.
    assertThat(readAll("--B\r\nA: b\r\n\r\n--B\r\n\r\n--B--"))
        .extracting(part -> part.headers().all().size() + part.text())
        .containsExactly("1", "0");
    assertThat(readAll("--B--")).isEmpty();
    assertThat(readAll("--B--\r\n")).isEmpty();
  }

  @Test
  void whatStandsOutsideIsPassedOver() throws IOException {
    assertThat(readAll("preamble\r\n--Bogus\r\n--B \t\r\n\r\nx\r\n--B-- \r\nepilogue\r\n--B\r\n"))
        .extracting(Multiparts.Read::text)
        .containsExactly("x");
  }

  @Test
  void headersMayContinueOnTheNextLine() throws IOException {
    assertThat(readAll("--B\r\nA: b\r\n  c\r\n\td\r\nE:f\r\n\r\nx\r\n--B--").getFirst().headers())
        .isEqualTo(PartHeaders.EMPTY.with("A", "b c d").with("E", "f"));
  }

  @Test
  void unreadBodiesAreSkipped() throws IOException {
    MultipartReader reader =
        reader("--B\r\n\r\n" + "x".repeat(100_000) + "\r\n--B\r\n\r\ny\r\n--B--", "B");
    InputStream first = reader.next().orElseThrow().body();
    assertThat(first.read()).isEqualTo('x');
    assertThat(first.skip(10)).isEqualTo(10);
    assertThat(first.available()).isPositive();
    assertThat(reader.next().orElseThrow().body()).hasContent("y");
    assertThatIOException().isThrownBy(first::read).withMessageContaining("over");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no header\r\n", ": x\r\n", "a b: x\r\n", " a: b\r\n", "a: \u0001\r\n", "--B\r\n"})
  void whatIsNoHeaderIsRefused(String line) throws IOException {
    MultipartReader reader = reader("--B\r\n" + line + "\r\nx\r\n--B--", "B");
    assertThatExceptionOfType(MultipartException.class)
        .isThrownBy(reader::next)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED));
    assertThatExceptionOfType(MultipartException.class).isThrownBy(reader::next);
  }

  @Test
  void headersPreambleAndEpilogueHaveLimits() throws IOException {
    assertTooLarge("--B\r\nA: " + "x".repeat(40_000) + "\r\n\r\n\r\n--B--");
    assertTooLarge("--B\r\n" + "A: x\r\n".repeat(10_000) + "\r\n\r\n--B--");
    assertTooLarge("x".repeat(70_000) + "\r\n--B--");
    assertTooLarge("--B--\r\n" + "x".repeat(70_000));
  }

  @Test
  void theMediaTypeMustSayMultipartAndBoundary() {
    for (String type :
        List.of("application/json", "multipart/mixed", "multipart/mixed; boundary=\"\"", "")) {
      assertThatExceptionOfType(MultipartException.class)
          .as(type)
          .isThrownBy(
              () -> MultipartReader.of(InputStream.nullInputStream(), HeaderValue.parse(type)))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED));
    }
  }

  @Test
  void everyProperPrefixIsTruncated() {
    for (int length = 0; length < DOCUMENT.length(); length++) {
      byte[] prefix = bytes(DOCUMENT.substring(0, length));
      assertThatTruncated(() -> readAll(new ByteArrayInputStream(prefix), "B"));
      assertThatTruncated(() -> readAll(new Trickle(prefix, 3, 1), "B"));
    }
  }

  @Test
  void failuresOfTheInputPassThrough() throws IOException {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset by peer");
          }
        };
    MultipartReader reader = new MultipartReader(failing, "B");
    assertThatIOException().isThrownBy(reader::next).withMessage("reset by peer");
  }

  private static MultipartReader reader(String text, String boundary) throws IOException {
    return new MultipartReader(new ByteArrayInputStream(bytes(text)), boundary);
  }

  private static void assertTooLarge(String text) {
    assertThatExceptionOfType(MultipartException.class)
        .isThrownBy(() -> readAll(text))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
  }

  private static void assertThatTruncated(ThrowingCallable call) {
    assertThatExceptionOfType(MultipartException.class)
        .isThrownBy(call)
        .withMessageContaining("cut off")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TRUNCATED));
  }
}
