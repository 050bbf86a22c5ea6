package org.skerry.store.subset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.store.StoreException;

class RecordBytesTest {
  private static final int MOST = Integer.MAX_VALUE - 8;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, 1L << 31, 1L << 62, Long.MAX_VALUE})
  void aNumberComesBack(long number) {
    RecordBytes out = new RecordBytes();
    out.number(number);
    RecordBytes in = new RecordBytes(out.toArray());
    assertThat(in.number()).isEqualTo(number);
    assertThat(in.isLeft()).isFalse();
  }

  @Test
  void whatIsPutComesBackInOrder() {
    byte[] some = "x".repeat(1_000).getBytes(UTF_8);
    RecordBytes out = new RecordBytes();
    out.put(200);
    out.bytes(some);
    out.bytes("é".getBytes(UTF_8));
    out.bytes(new byte[0]);
    RecordBytes in = new RecordBytes(out.toArray());
    assertThat(in.take()).isEqualTo(200);
    assertThat(in.bytes()).isEqualTo(some);
    assertThat(in.text()).isEqualTo("é");
    assertThat(in.bytes()).isEmpty();
    assertThat(in.isLeft()).isFalse();
  }

  @Test
  void aRecordThatEndsEarlyIsNotRead() {
    byte[] cut = {5, 1, 2};
    assertThatThrownBy(() -> new RecordBytes(cut).bytes())
        .isInstanceOf(IllegalArgumentException.class);
    byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    assertThatThrownBy(() -> new RecordBytes(endless).number())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too long");
  }

  @Test
  void aRecordGrowsAsFarAsArraysDoAndIsRefusedBeyond() {
    assertThat(RecordBytes.grown(48, 48, 1)).isEqualTo(96);
    assertThat(RecordBytes.grown(48, 40, 1_000)).isEqualTo(1_040);
    assertThat(RecordBytes.grown(1 << 30, 1 << 30, 9)).isEqualTo(MOST);
    assertThat(RecordBytes.grown(MOST - 5, MOST - 5, 5)).isEqualTo(MOST);
    assertThatThrownBy(() -> RecordBytes.grown(MOST, MOST - 5, 6))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("write fewer documents at once");
  }
}
