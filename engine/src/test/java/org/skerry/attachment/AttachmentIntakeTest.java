package org.skerry.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.store.AttachmentStore;
import org.skerry.store.MemoryStore;

class AttachmentIntakeTest {
  private final AttachmentStore store = new MemoryStore().create("db").orElseThrow().attachments();
  private final AttachmentIntake intake = new AttachmentIntake(store, 1_000_000);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static Announced announced(Encoding encoding, Expectation expectation) {
    return new Announced("a", "text/plain", 0, encoding, expectation);
  }

  private AttachmentRef take(Announced announced, byte[] bytes) throws IOException {
    try (IncomingAttachment incoming = intake.receive(announced, new ByteArrayInputStream(bytes))) {
      return incoming.input().ref();
    }
  }

  private static byte[] drain(AttachmentBody body) throws IOException {
    try (InputStream in = body.stream()) {
      byte[] all = in.readAllBytes();
      assertThat(body.length()).isEqualTo(all.length);
      return all;
    }
  }

  @Test
  void whatCameIsStoredUnderItsDigestAndLength() throws IOException {
    AttachmentRef ref =
        take(Announced.identity("a", "text/plain"), bytes("This is a base64 encoded text"));
    assertThat(ref.digest()).isEqualTo("md5-aEI7pOYCRBLTRQvvqYrrJQ==");
    assertThat(ref.length()).isEqualTo(29);
    assertThat(ref.storedLength()).isEqualTo(29);
    assertThat(ref.revpos()).isZero();
    assertThat(drain(AttachmentBody.stored(store, ref)))
        .isEqualTo(bytes("This is a base64 encoded text"));
  }

  @Test
  void nothingIsAnAttachmentToo() throws IOException {
    AttachmentRef ref = take(announced(Encoding.IDENTITY, Expectation.length(0)), new byte[0]);
    assertThat(ref.digest()).isEqualTo("md5-1B2M2Y8AsgTpgAmY7PhCfg==");
    assertThat(drain(AttachmentBody.decoded(store, ref))).isEmpty();
  }

  @Test
  void gzipIsStoredAsItCameAndMeasuredDecoded() throws IOException {
    byte[] plain = new byte[300_000];
    new Random(1).nextBytes(plain);
    Arrays.fill(plain, 1_000, 200_000, (byte) 'x');
    byte[] packed = gzip(plain);
    AttachmentRef ref = take(announced(Encoding.GZIP, Expectation.length(packed.length)), packed);
    assertThat(ref.length()).isEqualTo(plain.length);
    assertThat(ref.storedLength()).isEqualTo(packed.length);
    assertThat(drain(AttachmentBody.stored(store, ref))).isEqualTo(packed);
    assertThat(drain(AttachmentBody.decoded(store, ref))).isEqualTo(plain);
  }

  @Test
  void gzipMayComeInSeveralMembersAndSmallPieces() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip(bytes("one ")));
    members.write(gzip(new byte[0]));
    members.write(gzip(bytes("two")));
    InputStream pieces =
        new ByteArrayInputStream(members.toByteArray()) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
          }
        };
    Announced announced = announced(Encoding.GZIP, Expectation.NONE);
    try (IncomingAttachment incoming = intake.receive(announced, pieces)) {
      AttachmentRef ref = incoming.input().ref();
      assertThat(ref.length()).isEqualTo(7);
      assertThat(drain(AttachmentBody.decoded(store, ref))).isEqualTo(bytes("one two"));
    }
  }

  @Test
  void everyOptionalPartOfAGzipHeaderIsUnderstood() throws IOException {
    byte[] plain = gzip(bytes("hello"));
    for (int flags = 0; flags < 32; flags++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] header = Arrays.copyOf(plain, 10);
      header[3] = (byte) flags;
      out.write(header);
      if ((flags & 4) != 0) {
        out.write(new byte[] {3, 0, 'e', 'x', 't'});
      }
      if ((flags & 8) != 0) {
        out.write(new byte[] {'n', 0});
      }
      if ((flags & 16) != 0) {
        out.write(new byte[] {0});
      }
      if ((flags & 2) != 0) {
        out.write(new byte[] {1, 2});
      }
      out.write(plain, 10, plain.length - 10);
      AttachmentRef ref = take(announced(Encoding.GZIP, Expectation.NONE), out.toByteArray());
      assertThat(ref.length()).as("flags %s", flags).isEqualTo(5);
    }
  }

  @Test
  void whatClaimsToBeGzipAndIsNotIsRefused() throws IOException {
    byte[] good = gzip(bytes("hello"));
    for (int length = 0; length < good.length; length++) {
      assertRefused(Arrays.copyOf(good, length));
    }
    for (int at : new int[] {0, 1, 2, good.length - 1, good.length - 5, good.length - 8}) {
      byte[] broken = good.clone();
      broken[at] ^= 0x55;
      assertRefused(broken);
    }
    assertRefused(Arrays.copyOf(good, good.length + 1));
    assertRefused(bytes("plain text that nobody compressed"));
  }

  private void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> take(announced(Encoding.GZIP, Expectation.NONE), bytes))
        .isInstanceOf(BadAttachmentException.class)
        .hasMessageStartingWith("attachment is not valid gzip");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4, 6, 100})
  void aLengthThatIsNotAsAnnouncedIsRefused(long length) {
    Announced announced = announced(Encoding.IDENTITY, Expectation.length(length));
    assertThatThrownBy(() -> take(announced, bytes("hello")))
        .isInstanceOfSatisfying(
            AttachmentMismatchException.class,
            e -> assertThat(e.kind()).isEqualTo(AttachmentMismatchException.Kind.LENGTH))
        .hasMessageContaining("expected " + length + " bytes");
  }

  @Test
  void aDigestIsCompared() throws IOException {
    Expectation right = Expectation.NONE.withMd5("XUFAKrxLKna5cZ2REBfFkg==");
    Expectation unpadded = Expectation.NONE.withMd5("XUFAKrxLKna5cZ2REBfFkg");
    Expectation wrong = Expectation.NONE.withMd5("AAAAKrxLKna5cZ2REBfFkg==");
    take(announced(Encoding.IDENTITY, right), bytes("hello"));
    take(announced(Encoding.IDENTITY, unpadded), bytes("hello"));
    assertThatThrownBy(() -> take(announced(Encoding.IDENTITY, wrong), bytes("hello")))
        .isInstanceOfSatisfying(
            AttachmentMismatchException.class,
            e -> assertThat(e.kind()).isEqualTo(AttachmentMismatchException.Kind.DIGEST));
  }

  @Test
  void aDigestOfAnAlgorithmThatIsUnknownHereIsNotCompared() throws IOException {
    Expectation other = new Expectation(OptionalLong.empty(), Optional.of("sha1-abc"));
    assertThat(take(announced(Encoding.IDENTITY, other), bytes("hello")).digest())
        .startsWith("md5-");
  }

  @Test
  void tooManyBytesAreRefusedHoweverTheyCome() throws IOException {
    byte[] large = new byte[1_000_001];
    assertThatThrownBy(() -> take(announced(Encoding.IDENTITY, Expectation.NONE), large))
        .isInstanceOf(AttachmentTooLargeException.class);
    Announced announced = announced(Encoding.IDENTITY, Expectation.length(1_000_001));
    assertThatThrownBy(() -> take(announced, new byte[0]))
        .isInstanceOf(AttachmentTooLargeException.class);
    byte[] bomb = gzip(large);
    assertThatThrownBy(() -> take(announced(Encoding.GZIP, Expectation.NONE), bomb))
        .isInstanceOf(AttachmentTooLargeException.class);
    assertThat(take(announced(Encoding.IDENTITY, Expectation.NONE), new byte[1_000_000]).length())
        .isEqualTo(1_000_000);
  }

  @Test
  void aStreamThatBreaksLeavesNothing() {
    InputStream breaking =
        new SequenceInputStream(
            new ByteArrayInputStream(bytes("hel")),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(() -> intake.receive(Announced.identity("a", "b"), breaking))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anyPartOfAnAttachmentCanBeRead() throws IOException {
    AttachmentRef ref = take(Announced.identity("a", "text/plain"), bytes("0123456789"));
    assertThat(drain(AttachmentBody.range(store, ref, 0, 10))).isEqualTo(bytes("0123456789"));
    assertThat(drain(AttachmentBody.range(store, ref, 3, 4))).isEqualTo(bytes("3456"));
    assertThat(drain(AttachmentBody.range(store, ref, 9, 1))).isEqualTo(bytes("9"));
    assertThat(drain(AttachmentBody.range(store, ref, 10, 0))).isEmpty();
    assertThatThrownBy(() -> AttachmentBody.range(store, ref, 9, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    try (InputStream in = AttachmentBody.range(store, ref, 2, 3).stream()) {
      assertThat(in.read()).isEqualTo('2');
      assertThat(in.skip(10)).isEqualTo(2);
      assertThat(in.read()).isEqualTo(-1);
    }
  }
}
