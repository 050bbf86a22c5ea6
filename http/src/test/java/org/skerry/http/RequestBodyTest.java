package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RequestBodyTest {
  private static final int LIMIT = 3 << 20;

  @Test
  void aBodyIsReadWholeWhateverIsSaidOfItsLength() throws IOException {
    for (int length : new int[] {0, 1, 4095, 4096, 4097, 1 << 20, (1 << 20) + 1, LIMIT}) {
      byte[] sent = bytes(length);
      for (long expected : new long[] {-1, 0, 1, length - 1L, length, LIMIT}) {
        assertThat(read(sent, expected)).as("%d of %d", length, expected).isEqualTo(sent);
      }
    }
  }

  @Test
  void aBodyLongerThanAllowedIsRefused() {
    byte[] sent = bytes(LIMIT + 1);
    for (long expected : new long[] {-1, 0, LIMIT, LIMIT + 1L}) {
      assertThatThrownBy(() -> read(sent, expected))
          .isInstanceOfSatisfying(
              HttpProblem.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }
  }

  @Test
  void whoSaysMuchAndSendsLittleTakesLittleOfTheRoom() throws IOException {
    HeapRoom room = new HeapRoom(10 << 20, "requests are being received");
    room.take(1, 0); // by somebody else
    byte[] sent = bytes((2 << 20) + 1);
    assertThat(body(sent).readAll(64 << 20, 64 << 20, room)).isEqualTo(sent);
    assertThat(room.taken()).isEqualTo(1);
  }

  @Test
  void withoutRoomOnlySmallBodiesAreRead() throws IOException {
    HeapRoom room = new HeapRoom(1 << 20, "requests are being received");
    room.take(1 << 20, 0); // by somebody else
    for (long expected : new long[] {-1, LIMIT}) {
      assertThatThrownBy(() -> body(bytes(LIMIT)).readAll(expected, LIMIT, room))
          .isInstanceOfSatisfying(
              HttpProblem.class,
              problem -> {
                assertThat(problem.status()).isEqualTo(503);
                assertThat(problem.headers()).contains(new AnswerHead.Header("Retry-After", "5"));
              });
    }
    byte[] small = bytes(60_000);
    assertThat(body(small).readAll(small.length, LIMIT, room)).isEqualTo(small);
    assertThat(room.taken()).as("of who was refused").isEqualTo(1 << 20);
    room.giveBack(1 << 20);
    byte[] large = bytes(LIMIT);
    assertThat(body(large).readAll(LIMIT, LIMIT, room)).as("alone").isEqualTo(large);
    assertThat(room.taken()).isZero();
  }

  private static RequestBody body(byte[] sent) {
    return RequestBody.plain(new ByteArrayInputStream(sent), Long.MAX_VALUE);
  }

  private static byte[] read(byte[] sent, long expected) throws IOException {
    return body(sent)
        .readAll(expected, LIMIT, new HeapRoom(2L * LIMIT, "requests are being received"));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
