package org.skerry.fhir.attached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skerry.attachment.BadAttachmentException;
import org.skerry.document.BadDocumentException;

class SplitterTest {
  private static final List<String> PLACE = List.of("content", "attachment", "data");

  private final List<byte[]> taken = new ArrayList<>();

  private String split(String json) throws IOException {
    return split(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), 1 << 20);
  }

  private String split(InputStream in, int most) throws IOException {
    byte[] copy =
        new Splitter(
                in,
                PLACE,
                most,
                data -> {
                  taken.add(data.readAllBytes());
                  return "\"was\":" + taken.size();
                })
            .read();
    return new String(copy, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void whatIsLongAtThePlaceIsTakenOutAndAllElseIsCopied() throws IOException {
    byte[] one = bytes(10_000);
    byte[] other = bytes(40_000);
    String copy =
        split(
            " {\"a\":[1,{\"data\":\"x\"}],\"content\" : [ {\"attachment\":{\"t\":\"\\\"{\",\"data\""
                + " : \""
                + base64(one)
                + "\"}},{\"attachment\":{\"data\":\""
                + base64(other)
                + "\",\"n\":null}}],\"z\":\"é\"}\n");
    assertThat(copy)
        .isEqualTo(
            " {\"a\":[1,{\"data\":\"x\"}],\"content\" : ["
                + " {\"attachment\":{\"t\":\"\\\"{\",\"was\":1}},{\"attachment\":{\"was\":2,\"n\":null}}],\"z\":\"é\"}\n");
    assertThat(taken).containsExactly(one, other);
  }

  @Test
  void otherPlacesAndShortTextsStay() throws IOException {
    String text = base64(bytes(6_000));
    for (String json :
        new String[] {
          "{\"content\":[{\"attachment\":{\"data\":\"aGk=\"}}]}",
          "{\"content\":[{\"attachment\":{\"title\":\"" + text + "\"}}]}",
          "{\"content\":[{\"data\":\"" + text + "\"}]}",
          "{\"attachment\":{\"data\":\"" + text + "\"}}",
          "{\"contained\":[{\"content\":[{\"attachment\":{\"data\":\"" + text + "\"}}]}]}",
          "{\"content\":[{\"attachment\":{\"data\":[\"" + text + "\"]}}]}",
          "{\"content\":{\"attachment\":{\"x\":{\"data\":\"" + text + "\"}}}}",
          "[\"content\",\"attachment\",\"data\",\"" + text + "\"]"
        }) {
      assertThat(split(json)).isEqualTo(json);
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void escapesAndWhiteSpaceInBase64MeanWhatTheyMeanInJson() throws IOException {
    byte[] bytes = bytes(9_001);
    String text =
        base64(bytes)
            .replaceAll("(.{76})", "$1\\\\r\\\\n ")
            .replaceAll("/(?!/)", "\\\\/")
            .replace("+", "\\u002b");
    split("{\"content\":[{\"attachment\":{\"data\":\"" + text + "\"}}]}");
    assertThat(taken).containsExactly(bytes);
  }

  @Test
  void whatIsNoBase64IsRefused() {
    String good = base64(bytes(6_000));
    for (String bad :
        new String[] {
          good + "A", good + "AA=A", good + "A===", good + "AAAA====", good + "AA==AAAA",
          good + "*AAA", good + "é==", good + "\\u00e9===", good + "\\\"", "=" + good
        }) {
      assertThatThrownBy(() -> split("{\"content\":[{\"attachment\":{\"data\":\"" + bad + "\"}}]}"))
          .as(bad.substring(bad.length() - 10))
          .isInstanceOf(BadAttachmentException.class);
    }
  }

  @Test
  void whatEndsWithinItsDataIsBroken() {
    assertThatThrownBy(
            () -> split("{\"content\":[{\"attachment\":{\"data\":\"" + base64(bytes(6_000))))
        .isInstanceOf(BadDocumentException.class);
  }

  @Test
  void brokenJsonStaysBroken() throws IOException {
    String text = "\"" + base64(bytes(6_000)) + "\"}}]}";
    String begin = "{\"content\":[{\"attachment\":{\"data\"";
    for (String json :
        new String[] {
          "",
          "{",
          "\"",
          "}]",
          "{\"a\\",
          "[[[",
          "{\"content\":,}",
          begin + text,
          begin + "::" + text,
          begin + ":1 " + text,
          begin + ":\"a\":" + text,
          begin + ":{}" + text
        }) {
      assertThat(split(json)).isEqualTo(json);
    }
    assertThatThrownBy(() -> split("[".repeat(1_001))).isInstanceOf(BadDocumentException.class);
  }

  @Test
  void theRestHasABound() {
    String json = "{\"x\":\"" + "y".repeat(100_000) + "\"}";
    assertThatThrownBy(
            () -> split(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), 50_000))
        .isInstanceOf(BadDocumentException.class)
        .hasMessageContaining("50000");
  }

  /** Base64 without end, as far as it is read. */
  private static final class Endless extends InputStream {
    private final byte[] begin =
        "{\"content\":[{\"attachment\":{\"data\":\"".getBytes(StandardCharsets.UTF_8);
    private long given;

    @Override
    public int read() {
      long at = given++;
      return at < begin.length ? begin[(int) at] : 'A';
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      for (int i = 0; i < length; i++) {
        target[offset + i] = (byte) read();
      }
      return length;
    }
  }

  @Test
  void dataAreHandedOnWhileTheyCome() {
    Endless endless = new Endless();
    Splitter splitter =
        new Splitter(
            endless,
            PLACE,
            1 << 20,
            data -> {
              long got = data.readNBytes(300_000).length;
              throw new IOException(got + " of " + endless.given);
            });
    assertThatThrownBy(splitter::read)
        .isInstanceOf(IOException.class)
        .hasMessageMatching("300000 of 4[0-3]\\d{4}");
  }
}
