package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BlobId;
import org.skerry.document.Body;
import org.skerry.store.StoreException;

/** Bodies as they are stored: packed or not, with a dictionary or without. */
class BodyRecordTest {
  private static final List<AttachmentRef> ATTACHMENTS =
      List.of(
          new AttachmentRef(
              "Röntgen.png",
              "image/png",
              3,
              BlobId.of(new byte[BlobId.BYTES]),
              "md5-1B2M2Y8AsgTpgAmY7PhCfg==",
              AttachmentRef.Encoding.GZIP,
              3_000_000_000L,
              2_000_000_000L));

  private final Packer packer = new Packer();
  private final Dictionary dictionary =
      new Dictionary(
          7,
          "{\"type\":\"report\",\"facility\":\"facility-1\",\"notes\":\"\"}"
              .repeat(20)
              .getBytes(StandardCharsets.UTF_8));

  @AfterEach
  void close() {
    packer.close();
    dictionary.close();
  }

  private static Body body(int length) {
    return Body.parse(
        "{\"type\":\"report\",\"facility\":\"facility-1\",\"notes\":\""
            + "ab".repeat(length / 2)
            + "\"}");
  }

  private byte[] encode(Body body, @Nullable Dictionary with) {
    return BodyRecord.encode(body, ATTACHMENTS, packer, with).record();
  }

  private BodyRecord decode(byte[] record) {
    return BodyRecord.decode(
        ByteBuffer.wrap(record),
        packer,
        id -> {
          assertThat(id).isEqualTo(7);
          return dictionary;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 1_000, 200_000})
  void whatIsWrittenIsRead(int length) {
    BodyRecord expected = new BodyRecord(body(length), ATTACHMENTS);
    assertThat(decode(encode(body(length), null))).isEqualTo(expected);
    assertThat(decode(encode(body(length), dictionary))).isEqualTo(expected);
    assertThat(BodyRecord.attachments(ByteBuffer.wrap(encode(body(length), dictionary))))
        .isEqualTo(ATTACHMENTS);
  }

  @Test
  void theDictionaryMakesShortBodiesShorter() {
    assertThat(encode(body(10), dictionary).length).isLessThan(encode(body(10), null).length);
  }

  @Test
  void cutOffRecordsAreDamage() {
    byte[] record = encode(body(1_000), dictionary);
    for (int length = 0; length < record.length; length++) {
      byte[] shorter = Arrays.copyOf(record, length);
      assertThatThrownBy(() -> decode(shorter)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void aRecordOfANewerVersionIsRefusedByName() {
    byte[] record = encode(body(10), null);
    record[0] = (byte) (record[0] & 0xf0 | 2);
    assertThatThrownBy(() -> decode(record)).hasMessageContaining("version 2");
  }
}
