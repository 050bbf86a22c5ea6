package org.skerry.multipart;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What tests do with multiparts: read all of one. */
final class Multiparts {
  private Multiparts() {}

  /** A part that was read whole. */
  record Read(PartHeaders headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Read other
          && headers.equals(other.headers)
          && Arrays.equals(body, other.body);
    }

    @Override
    public int hashCode() {
      return headers.hashCode() + 31 * Arrays.hashCode(body);
    }
  }

  static List<Read> readAll(InputStream in, String boundary) throws IOException {
    MultipartReader reader = new MultipartReader(in, boundary);
    List<Read> parts = new ArrayList<>();
    for (Optional<Part> part = reader.next(); part.isPresent(); part = reader.next()) {
      parts.add(new Read(part.get().headers(), part.get().body().readAllBytes()));
    }
    return parts;
  }

  static List<Read> readAll(String text) throws IOException {
    return readAll(new ByteArrayInputStream(bytes(text)), "B");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
