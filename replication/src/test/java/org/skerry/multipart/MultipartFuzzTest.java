package org.skerry.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skerry.multipart.MultipartException.Kind;

class MultipartFuzzTest {
  /** Bodies are made of these as often as of noise: they are what a search could trip over. */
  private static final List<String> TRAPS =
      List.of(
          "\r\n", "\r", "\n", "--", "-", "\r\n--", "\r\n--b", "\r\n--bo", "\r\n--boz", "boun", " ");

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (int seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      String boundary = random.nextBoolean() ? "boundary" : MultipartWriter.newBoundary();
      List<Multiparts.Read> parts = parts(random, boundary);
      byte[] written = write(parts, boundary, random);
      int most = 1 + random.nextInt(random.nextBoolean() ? 4 : 40_000);
      assertThat(Multiparts.readAll(new Trickle(written, most, seed), boundary))
          .as("seed %d", seed)
          .isEqualTo(parts);
    }
  }

  @Test
  void nestedMultipartsComeBackWhole() throws IOException {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<List<Multiparts.Read>> documents = new ArrayList<>();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MultipartWriter writer = new MultipartWriter(out, "outer");
      for (int i = random.nextInt(4); i > 0; i--) {
        List<Multiparts.Read> parts = parts(random, "outer");
        documents.add(parts);
        MultipartWriter nested = writer.nested("related", PartHeaders.EMPTY);
        for (Multiparts.Read part : parts) {
          nested.part(part.headers()).write(part.body());
        }
        nested.finish();
      }
      writer.finish();
      int most = 1 + random.nextInt(2_000);
      MultipartReader reader =
          new MultipartReader(new Trickle(out.toByteArray(), most, seed), "outer");
      int skipped = 0;
      for (Optional<Part> part = reader.next(); part.isPresent(); part = reader.next()) {
        assertThat(part.get().isMultipart()).isTrue();
        skipped++;
      }
      assertThat(skipped).isEqualTo(documents.size());
      assertThat(readNested(new Trickle(out.toByteArray(), most, seed)))
          .as("seed %d", seed)
          .isEqualTo(documents);
    }
  }

  private static List<List<Multiparts.Read>> readNested(Trickle in) throws IOException {
    List<List<Multiparts.Read>> documents = new ArrayList<>();
    MultipartReader reader = new MultipartReader(in, "outer");
    for (Optional<Part> outer = reader.next(); outer.isPresent(); outer = reader.next()) {
      MultipartReader nested = outer.get().nested();
      List<Multiparts.Read> parts = new ArrayList<>();
      for (Optional<Part> part = nested.next(); part.isPresent(); part = nested.next()) {
        parts.add(new Multiparts.Read(part.get().headers(), part.get().body().readAllBytes()));
      }
      documents.add(parts);
    }
    return documents;
  }

  @Test
  void whatIsCutOffNeverLooksComplete() throws IOException {
    for (int seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      byte[] written = write(parts(random, "boundary"), "boundary", random);
      byte[] cut = Arrays.copyOf(written, random.nextInt(written.length));
      assertThat(outcome(cut, seed)).as("seed %d", seed).isEqualTo(Kind.TRUNCATED.name());
    }
  }

  @Test
  void damageIsReadAsSomethingOrRefused() throws IOException {
    int refused = 0;
    for (int seed = 0; seed < 6_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = write(parts(random, "boundary"), "boundary", random);
      for (int i = random.nextInt(6); i >= 0; i--) {
        bytes = damaged(bytes, random);
      }
      refused += outcome(bytes, seed).equals("read") ? 0 : 1;
    }
    assertThat(refused).isBetween(500, 5_900);
  }

  private static String outcome(byte[] bytes, long seed) throws IOException {
    try {
      Multiparts.readAll(new Trickle(bytes, 50, seed), "boundary");
      return "read";
    } catch (MultipartException e) {
      return e.kind().name();
    }
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    int after = at;
    switch (random.nextInt(4)) {
      case 0 -> after = Math.min(bytes.length, at + 1 + random.nextInt(5));
      case 1 -> out.writeBytes(Multiparts.bytes("\r\n--boundary\r\n"));
      case 2 -> out.writeBytes(Multiparts.bytes(TRAPS.get(random.nextInt(TRAPS.size()))));
      default -> {
        out.write(random.nextInt());
        after = Math.min(bytes.length, at + 1);
      }
    }
    out.write(bytes, after, bytes.length - after);
    return out.toByteArray();
  }

  private static byte[] write(List<Multiparts.Read> parts, String boundary, Random random)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MultipartWriter writer = new MultipartWriter(out, boundary);
    for (Multiparts.Read part : parts) {
      OutputStream body = writer.part(part.headers());
      new ByteArrayInputStream(part.body()).transferTo(body);
      if (random.nextBoolean()) {
        body.close();
      }
    }
    writer.finish();
    return out.toByteArray();
  }

  private static List<Multiparts.Read> parts(Random random, String boundary) {
    List<Multiparts.Read> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      PartHeaders headers = PartHeaders.EMPTY;
      for (int j = random.nextInt(3); j > 0; j--) {
        headers = headers.with("X-" + j, "é \"" + random.nextInt() + "\"; a=b");
      }
      parts.add(new Multiparts.Read(headers, body(random, boundary)));
    }
    return parts;
  }

  private static byte[] body(Random random, String boundary) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = random.nextInt(8); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> {
          byte[] noise = new byte[random.nextInt(random.nextInt(50) == 0 ? 50_000 : 40)];
          random.nextBytes(noise);
          body.writeBytes(noise);
        }
        case 1 -> body.writeBytes(Multiparts.bytes("\r\n--" + boundary + "x"));
        default -> body.writeBytes(Multiparts.bytes(TRAPS.get(random.nextInt(TRAPS.size()))));
      }
    }
    return body.toByteArray();
  }
}
