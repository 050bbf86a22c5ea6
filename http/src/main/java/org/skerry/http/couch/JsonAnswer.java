package org.skerry.http.couch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.skerry.http.Answer;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/** Small answers in JSON. They end with a line feed, as CouchDB's do. */
public final class JsonAnswer {
  private JsonAnswer() {}

  /** What the writer writes. */
  public static Answer of(int status, Consumer<JsonGenerator> writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = JsonOut.into(bytes)) {
      writer.accept(out);
    }
    bytes.write('\n');
    return Answer.json(status, bytes.toByteArray());
  }

  /** Writes rows, or what is as simple as they are. */
  @FunctionalInterface
  public interface Rows {
    void write(RowOut out) throws IOException;
  }

  /** What is written by copies, which cost less than a generator: for what each write answers. */
  public static Answer ofRows(int status, Rows rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (RowOut out = new RowOut(bytes)) {
      rows.write(out);
      out.write('\n');
    }
    return Answer.json(status, bytes.toByteArray());
  }

  /** {@code {"ok":true}}. */
  public static Answer ok(int status) {
    return of(
        status,
        out -> {
          out.writeStartObject();
          out.writeBooleanProperty("ok", true);
          out.writeEndObject();
        });
  }
}
