package org.skerry.http.couch;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;

/**
 * An answer that begins with its first byte, so that what fails before that is still told to the
 * client as a problem: a filter function that does not compile, for example.
 */
final class LateStream extends OutputStream {
  private final Exchange exchange;
  private final AnswerHead head;
  private @Nullable OutputStream opened;

  LateStream(Exchange exchange, AnswerHead head) {
    this.exchange = exchange;
    this.head = head;
  }

  private OutputStream stream() throws IOException {
    OutputStream stream = opened;
    if (stream == null) {
      stream = exchange.stream(head);
      opened = stream;
    }
    return stream;
  }

  @Override
  public void write(int b) throws IOException {
    stream().write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    stream().write(bytes, offset, count);
  }

  @Override
  public void flush() throws IOException {
    stream().flush();
  }

  @Override
  public void close() throws IOException {
    stream().close();
  }
}
