package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BlobId;
import org.skerry.store.AttachmentStore.Pin;
import org.skerry.store.AttachmentStore.Upload;
import org.skerry.testing.Seeded;

/** Attachments' bytes: streamed in and out, kept once, swept when nobody needs them. */
@ExtendWith(Seeded.class)
abstract class AttachmentContract extends ContractCase {
  AttachmentContract(Callable<Store> opener) {
    super(opener);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  private Pin upload(byte[] content, int step) {
    try (Upload upload = db.attachments().begin()) {
      for (int at = 0; at < content.length; at += step) {
        upload.write(content, at, Math.min(step, content.length - at));
      }
      return upload.finish();
    }
  }

  private byte[] read(BlobId blob, long offset) throws IOException {
    try (InputStream in = db.attachments().open(blob, offset).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  private boolean isHere(BlobId blob) {
    Optional<Pin> pin = db.attachments().pin(blob);
    pin.ifPresent(Pin::close);
    return pin.isPresent();
  }

  private static AttachmentRef ref(Pin pin) {
    return new AttachmentRef(
        "scan.png",
        "image/png",
        1,
        pin.blob(),
        "md5-1B2M2Y8AsgTpgAmY7PhCfg==",
        AttachmentRef.Encoding.IDENTITY,
        pin.length(),
        pin.length());
  }

  private void compact() {
    db.compact((done, total) -> true);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4_095, 4_096, 65_536, 65_537, 1_048_576, 5_000_003})
  void bytesComeBackFromAnyOffset(int length) throws Exception {
    byte[] content = bytes(length);
    try (Pin pin = upload(content, 8_192)) {
      assertThat(pin.length()).isEqualTo(length);
      assertThat(pin.blob().bytes())
          .isEqualTo(MessageDigest.getInstance("SHA-256").digest(content));
      for (int offset : new int[] {0, length / 3, Math.max(0, length - 1), length}) {
        assertThat(read(pin.blob(), offset)).isEqualTo(Arrays.copyOfRange(content, offset, length));
      }
    }
  }

  @Test
  void howItIsCutUpOnTheWayInDoesNotMatter(SplittableRandom random) throws Exception {
    byte[] content = bytes(300_000);
    try (Upload upload = db.attachments().begin()) {
      int at = 0;
      while (at < content.length) {
        int step = Math.min(random.nextInt(70_000), content.length - at);
        byte[] padded = new byte[step + 10];
        System.arraycopy(content, at, padded, 5, step);
        upload.write(padded, 5, step);
        Arrays.fill(padded, (byte) 0);
        at += step;
      }
      try (Pin pin = upload.finish()) {
        assertThat(read(pin.blob(), 0)).isEqualTo(content);
      }
    }
  }

  @Test
  void aReaderMaySkipAndReadByteByByte() throws Exception {
    byte[] content = bytes(200_000);
    try (Pin pin = upload(content, 1_000);
        InputStream in = db.attachments().open(pin.blob(), 10).orElseThrow()) {
      assertThat(in.read()).isEqualTo(content[10] & 0xff);
      in.skipNBytes(100_000);
      assertThat(in.read()).isEqualTo(content[100_011] & 0xff);
      assertThat(in.readNBytes(50)).isEqualTo(Arrays.copyOfRange(content, 100_012, 100_062));
      in.skipNBytes(200_000 - 100_062);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[10])).isEqualTo(-1);
    }
  }

  @Test
  void equalBytesAreOneBlob() throws Exception {
    byte[] content = bytes(100_000);
    try (Pin one = upload(content, 7);
        Pin other = upload(content, 99_999)) {
      assertThat(one.blob()).isEqualTo(other.blob());
      assertThat(read(one.blob(), 0)).isEqualTo(content);
    }
  }

  @Test
  void twoUploadsAtOnceDoNotMix() throws Exception {
    byte[] one = bytes(150_000);
    byte[] other = bytes(150_001);
    try (Upload first = db.attachments().begin();
        Upload second = db.attachments().begin()) {
      for (int at = 0; at < 150_000; at += 1_000) {
        first.write(one, at, 1_000);
        second.write(other, at, 1_000);
      }
      second.write(other, 150_000, 1);
      try (Pin firstPin = first.finish();
          Pin secondPin = second.finish()) {
        assertThat(read(firstPin.blob(), 0)).isEqualTo(one);
        assertThat(read(secondPin.blob(), 0)).isEqualTo(other);
      }
    }
  }

  @Test
  void whatIsNotHereIsNotHere() {
    BlobId unknown = BlobId.of(new byte[32]);
    assertThat(db.attachments().open(unknown, 0)).isEmpty();
    assertThat(db.attachments().pin(unknown)).isEmpty();
  }

  @Test
  void anAbortedUploadLeavesNothing() throws Exception {
    byte[] content = bytes(200_000);
    try (Upload upload = db.attachments().begin()) {
      upload.write(content, 0, content.length);
    }
    BlobId blob = BlobId.of(MessageDigest.getInstance("SHA-256").digest(content));
    assertThat(db.attachments().open(blob, 0)).isEmpty();
    compact();
    assertThat(isHere(blob)).isFalse();
  }

  @Test
  void aFinishedUploadIsFinished() {
    Upload upload = db.attachments().begin();
    upload.finish().close();
    assertThatThrownBy(upload::finish).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> upload.write(new byte[1], 0, 1))
        .isInstanceOf(IllegalStateException.class);
    upload.close();
    upload.close();
  }

  @Test
  void compactionSweepsWhatNobodyNamesOrHolds() {
    Pin pin = upload(bytes(70_000), 70_000);
    Pin other = db.attachments().pin(pin.blob()).orElseThrow();
    compact();
    assertThat(isHere(pin.blob())).isTrue();
    pin.close();
    pin.close();
    compact();
    assertThat(isHere(pin.blob())).as("the other pin holds").isTrue();
    other.close();
    compact();
    assertThat(isHere(pin.blob())).isFalse();
    assertThat(db.attachments().open(pin.blob(), 0)).isEmpty();
  }

  @Test
  void aRevisionHoldsItsAttachments() throws Exception {
    byte[] content = bytes(70_000);
    RevisionWrite write;
    AttachmentRef ref;
    try (Pin pin = upload(content, 70_000)) {
      ref = ref(pin);
      write = Writes.edit("a", Optional.empty(), false, "{}", List.of(ref));
      written(write);
    }
    compact();
    assertThat(read(ref.blob(), 0)).isEqualTo(content);
    StoredRevision stored = Reads.document(db, "a").orElseThrow().revisions().getFirst();
    assertThat(stored.attachments()).containsExactly(ref);
    assertThat(Reads.revision(db, "a", write.rev()).orElseThrow().revision().attachments())
        .containsExactly(ref);

    edit("a", write.rev(), "{\"v\":2}");
    assertThat(isHere(ref.blob())).as("the old revision is still readable").isTrue();
    compact();
    assertThat(isHere(ref.blob())).isFalse();
  }

  @Test
  void everyMemberOfAReferenceComesBack() {
    try (Pin pin = upload(bytes(10), 10)) {
      List<AttachmentRef> refs =
          List.of(
              new AttachmentRef(
                  "ünï/\0 name",
                  "",
                  7,
                  pin.blob(),
                  "md5-x",
                  AttachmentRef.Encoding.GZIP,
                  5_000_000_000L,
                  10),
              new AttachmentRef(
                  "a",
                  "text/plain;charset=utf-8",
                  1,
                  pin.blob(),
                  "",
                  AttachmentRef.Encoding.IDENTITY,
                  10,
                  10));
      RevisionWrite write = Writes.edit("a", Optional.empty(), false, "{}", refs);
      written(write);
      assertThat(Reads.document(db, "a").orElseThrow().revisions().getFirst().attachments())
          .isEqualTo(refs);
    }
  }

  @Test
  void aBlobSharedByTwoDocumentsStaysWhileOneNamesIt() {
    AttachmentRef ref;
    RevisionWrite one;
    RevisionWrite other;
    try (Pin pin = upload(bytes(70_000), 70_000)) {
      ref = ref(pin);
      one = Writes.edit("a", Optional.empty(), false, "{}", List.of(ref));
      other = Writes.edit("b", Optional.empty(), false, "{}", List.of(ref));
      db.commit(List.of(one, other));
    }
    written(Writes.delete("a", one.rev()));
    compact();
    assertThat(isHere(ref.blob())).isTrue();
    written(Writes.delete("b", other.rev()));
    compact();
    assertThat(isHere(ref.blob())).isFalse();
  }

  @Test
  void aSweptBlobCanBeUploadedAgain() throws Exception {
    byte[] content = bytes(70_000);
    upload(content, 70_000).close();
    compact();
    try (Pin pin = upload(content, 70_000)) {
      assertThat(read(pin.blob(), 0)).isEqualTo(content);
      written(Writes.edit("a", Optional.empty(), false, "{}", List.of(ref(pin))));
    }
    compact();
    try (InputStream in =
        db.attachments()
            .open(
                Reads.document(db, "a")
                    .orElseThrow()
                    .revisions()
                    .getFirst()
                    .attachments()
                    .getFirst()
                    .blob(),
                0)
            .orElseThrow()) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void aBlobThatIsUploadedAgainWhileItIsSweptIsThereAtOnce() throws Exception {
    byte[] content = bytes(1_000);
    for (int round = 0; round < 50; round++) {
      Thread sweeping = Thread.ofPlatform().start(this::compact);
      do {
        try (Pin pin = upload(content, 1_000)) {
          assertThat(isHere(pin.blob())).as("round %d", round).isTrue();
        }
      } while (sweeping.isAlive());
      sweeping.join();
    }
    compact();
    assertThat(db.sizes().external()).isZero();
  }

  @Test
  void databasesDoNotShareBlobs() {
    DocumentStore other = store.create("db2").orElseThrow();
    try (Pin pin = upload(bytes(100), 100)) {
      assertThat(other.attachments().open(pin.blob(), 0)).isEmpty();
    }
  }
}
