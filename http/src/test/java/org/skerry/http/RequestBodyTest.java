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

  private static byte[] read(byte[] sent, long expected) throws IOException {
    return RequestBody.plain(new ByteArrayInputStream(sent), Long.MAX_VALUE)
        .readAll(expected, LIMIT);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
