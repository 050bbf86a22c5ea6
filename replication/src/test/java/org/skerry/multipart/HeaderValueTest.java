package org.skerry.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderValueTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "multipart/related; boundary=abc                  | abc",
        "multipart/related;boundary=\"a b\"               | a b",
        "multipart/related; Boundary = \"a\\\"b\\\\c\"    | a\"b\\c",
        "multipart/related; type=\"x;boundary=no\"; boundary=yes | yes",
        "multipart/related; boundary=one; boundary=two    | one",
        "multipart/related; ; x; =y; boundary=\"open      | open",
        "multipart/related; boundary=\"a\" junk; z=1      | a",
        "MULTIPART/RELATED; BOUNDARY=abc                  | abc",
      })
  void boundaries(String text, String boundary) {
    HeaderValue value = HeaderValue.parse(text);
    assertThat(value.isMultipart()).isTrue();
    assertThat(value.parameter("boundary")).contains(boundary);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    HeaderValue value =
        HeaderValue.of("attachment").with("filename", "a \"b\" \\ ; é=1").with("x", "");
    assertThat(value).hasToString("attachment; filename=\"a \\\"b\\\" \\\\ ; é=1\"; x=\"\"");
    assertThat(HeaderValue.parse(value.toString())).isEqualTo(value);
  }

  @Test
  void lineBreaksCannotLeaveTheHeader() {
    assertThat(HeaderValue.of("attachment").with("filename", "a\r\nX: y").toString())
        .isEqualTo("attachment; filename=\"a%0D%0AX: y\"");
  }

  @Test
  void whateverAnAttachmentIsCalledCanBeWritten() {
    String name = "a\0b\r\nX: y\u007f";
    PartHeaders headers = PartHeaders.ofAttachment(name, "text/html\r\nX: \0y");
    assertThat(headers.first("Content-Type")).contains("text/htmlX: y");
    assertThat(headers.filename()).contains("a%00b%0D%0AX: y%7F");
    assertThat(headers.mayBe(name)).isTrue();
    assertThat(headers.mayBe("other")).isFalse();
    assertThat(PartHeaders.EMPTY.mayBe(name)).isTrue();
  }

  @Test
  void anyTextIsUnderstoodSomehow() {
    Random random = new Random(5);
    String alphabet = "ab;=\"\\ \t/,";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(20); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      HeaderValue value = HeaderValue.parse(text.toString());
      assertThat(HeaderValue.parse(value.toString())).as(text.toString()).isEqualTo(value);
    }
  }
}
