package org.skerry.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

/** Against the platform's decoder, which is slower and right. */
@ExtendWith(Seeded.class)
class Utf8Test {
  private static int decoded(byte[] bytes, int from, int to) {
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    boolean bad = decoder.decode(in, CharBuffer.allocate(to - from + 1), true).isError();
    return bad ? in.position() : -1;
  }

  private static void assertSame(byte[] bytes, int from, int to) {
    assertThat(Utf8.firstMalformed(bytes, from, to))
        .as(() -> Arrays.toString(bytes))
        .isEqualTo(decoded(bytes, from, to));
  }

  @Test
  void everySequenceOfTwoBytesIsJudgedAsByTheDecoder() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        assertSame(new byte[] {(byte) first, (byte) second}, 0, 2);
      }
    }
  }

  @Test
  void sequencesAroundEveryEdgeAreJudgedAsByTheDecoder() {
    int[] edges = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
    for (int lead = 0xc0; lead < 256; lead++) {
      for (int a : edges) {
        for (int b : edges) {
          for (int c : edges) {
            byte[] bytes = {(byte) lead, (byte) a, (byte) b, (byte) c};
            for (int to = 1; to <= 4; to++) {
              assertSame(bytes, 0, to);
            }
          }
        }
      }
    }
  }

  @Test
  void textWithDamageAnywhereIsJudgedAsByTheDecoder(SplittableRandom random) {
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        int plane = random.nextInt(4);
        text.appendCodePoint(
            plane == 0
                ? random.nextInt(0x80)
                : plane == 1
                    ? random.nextInt(0x80, 0xd800)
                    : plane == 2
                        ? random.nextInt(0xe000, 0x10000)
                        : random.nextInt(0x10000, 0x110000));
        text.append("ascii".repeat(random.nextInt(4)));
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      assertThat(Utf8.firstMalformed(bytes, 0, bytes.length)).isEqualTo(-1);
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        int from = random.nextInt(bytes.length);
        assertSame(bytes, from, from + random.nextInt(bytes.length - from + 1));
      }
    }
  }
}
