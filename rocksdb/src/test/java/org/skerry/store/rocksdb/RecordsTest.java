package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.store.StoreException;

class RecordsTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, 1L << 35, Long.MAX_VALUE, -1})
  void numbersAreReadAsTheyWereWritten(long number) {
    byte[] record = new RecordWriter(16).number(number).number(7).toBytes();
    ByteBuffer in = ByteBuffer.wrap(record);
    assertThat(Records.number(in)).isEqualTo(number);
    assertThat(Records.number(in)).isEqualTo(7);
    assertThat(in.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9})
  void aNumberThatEndsEarlyIsNone(int bytes) {
    byte[] record = new byte[bytes];
    Arrays.fill(record, (byte) 0x80);
    assertThatThrownBy(() -> Records.number(ByteBuffer.wrap(record)))
        .isInstanceOf(BufferUnderflowException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11, 100})
  void aNumberThatDoesNotEndIsDamage(int bytes) {
    byte[] record = new byte[bytes + 1];
    Arrays.fill(record, 0, bytes, (byte) 0xff);
    assertThatThrownBy(() -> Records.read("a head", ByteBuffer.wrap(record), Records::number))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("a head");
  }
}
