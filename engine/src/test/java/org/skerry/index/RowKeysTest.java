package org.skerry.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.DocId;

class RowKeysTest {
  private static final byte[] KEY = {0x14, 0x2a, 0};

  @ParameterizedTest
  @ValueSource(strings = {"a", "a\0", "\0", "\0\0b\0", "Patient/\u00e9\u20ac"})
  void anIdComesBackOutOfARowKey(String text) {
    DocId id = DocId.of(text);
    byte[] rowKey = RowKeys.of(KEY, id, 258);
    byte[] among = Arrays.copyOf(rowKey, rowKey.length + 3);
    assertThat(RowKeys.id(among, KEY.length, rowKey.length)).isEqualTo(id);
  }
}
