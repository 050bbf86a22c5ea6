package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  /** How long the next piece takes, and how large it is. */
  private Duration wait = Duration.ZERO;

  private int size = 1;
  private int pieces;
  private long now;

  private final InputStream slow =
      new InputStream() {
        @Override
        public int read() {
          throw new AssertionError("read in pieces");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          now += wait.toNanos();
          return pieces-- > 0 ? Math.min(size, length) : -1;
        }
      };

  private final Pace pace = new Pace(slow, () -> now);

  @Test
  void aByteAMinuteIsGivenUp() {
    wait = Duration.ofSeconds(59);
    pieces = 1_000_000;
    assertThatThrownBy(pace::readAllBytes)
        .isInstanceOf(IOException.class)
        .hasMessage("it sent 11 bytes in 649 seconds");
  }

  /** However much came before. */
  @Test
  void soIsOneThatBecomesSoSlow() throws IOException {
    size = 8_000;
    pieces = 1_000_000;
    wait = Duration.ofSeconds(1);
    pace.readNBytes(10_000_000);
    size = 1;
    wait = Duration.ofSeconds(59);
    assertThatThrownBy(pace::readAllBytes).hasMessageContaining("bytes in");
  }

  /** A line that loses nearly everything. */
  @Test
  void aPacketAMinuteIsRead() throws IOException {
    wait = Duration.ofSeconds(59);
    size = 536;
    pieces = 10_000;
    assertThat(pace.transferTo(OutputStream.nullOutputStream())).isEqualTo(536L * 10_000);
  }

  @Test
  void anAnswerThatIsShortAndLateIsRead() throws IOException {
    wait = Duration.ofSeconds(59);
    pieces = 10;
    assertThat(pace.readAllBytes()).hasSize(10);
  }

  /** The target may be slow meanwhile. */
  @Test
  void whoReadsSlowlyBlamesNobody() throws IOException {
    pieces = 100;
    for (int i = 0; i < 100; i++) {
      now += Duration.ofHours(1).toNanos();
      assertThat(pace.read()).isZero();
    }
    assertThat(pace.read()).isEqualTo(-1);
  }
}
