package org.skerry.http.couch.document;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/** Answers in JSON that are too long to be held: written as they go. */
final class JsonStream {
  private JsonStream() {}

  /**
   * Sends what the writer writes. When it throws, the answer stays cut off, and the client sees
   * that it is not whole.
   */
  static void send(Exchange exchange, AnswerHead head, Consumer<JsonGenerator> writer)
      throws IOException {
    OutputStream stream = exchange.stream(head);
    JsonGenerator out = JsonOut.into(stream);
    writer.accept(out);
    out.writeRaw('\n');
    out.close();
    stream.close();
  }
}
