package org.skerry.exchange;

import java.util.function.Consumer;
import org.skerry.http.Answer;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/** Small answers in JSON. */
final class Answers {
  private Answers() {}

  static Answer of(int status, Consumer<JsonGenerator> writer) {
    return Answer.json(status, JsonOut.bytes(writer));
  }

  static Answer ok(int status) {
    return of(
        status,
        out -> {
          out.writeStartObject();
          out.writeBooleanProperty("ok", true);
          out.writeEndObject();
        });
  }
}
