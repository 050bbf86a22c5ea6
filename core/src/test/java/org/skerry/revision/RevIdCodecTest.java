package org.skerry.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevIdCodecTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-0123456789abcdef0123456789abcdef",
        "2147483647-00000000000000000000000000000000",
        "127-x",
        "128-x",
        "300-a-hash-of-another-program"
      })
  void whatIsWrittenIsRead(String text) {
    RevId rev = RevId.parse(text);
    ByteBuffer buffer = ByteBuffer.allocate(RevIdCodec.MAX_BYTES);
    RevIdCodec.write(buffer, rev);
    assertThat(RevIdCodec.length(rev)).isEqualTo(buffer.position());
    assertThat(RevIdCodec.read(buffer.flip())).isEqualTo(rev);
    assertThat(buffer.hasRemaining()).isFalse();
  }

  @Test
  void cutOffBytesAreRefused() {
    ByteBuffer buffer = ByteBuffer.allocate(RevIdCodec.MAX_BYTES);
    RevIdCodec.write(buffer, RevId.parse("7-0123456789abcdef0123456789abcdef"));
    int length = buffer.position();
    for (int cut = 0; cut < length; cut++) {
      ByteBuffer shorter = ByteBuffer.wrap(buffer.array(), 0, cut);
      assertThatThrownBy(() -> RevIdCodec.read(shorter))
          .isInstanceOf(CorruptRevTreeException.class);
    }
  }

  @Test
  void anyBytesAreRefusedOrAreARevision() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = new byte[random.nextInt(30)];
      random.nextBytes(bytes);
      try {
        RevId rev = RevIdCodec.read(ByteBuffer.wrap(bytes));
        assertThat(RevId.parse(rev.toString())).isEqualTo(rev);
      } catch (CorruptRevTreeException expected) {
        assertThat(expected).hasMessageContaining("revision");
      }
    }
  }
}
