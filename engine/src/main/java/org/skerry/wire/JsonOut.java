package org.skerry.wire;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Generators of UTF-8 JSON, all alike: compact, and leaving the stream below open and unflushed.
 */
public final class JsonOut {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          // Rows are written one by one as values, and their separators belong to the answer's
          // form.
          .rootValueSeparator("")
          .build();

  private JsonOut() {}

  /** A generator into a stream. Flush the generator before the stream. */
  public static JsonGenerator into(OutputStream stream) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), stream);
  }

  /** The bytes that a writer makes. */
  public static byte[] bytes(Consumer<JsonGenerator> writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = into(bytes)) {
      writer.accept(out);
    }
    return bytes.toByteArray();
  }
}
