package org.skerry.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The body of an answer on its way out. Used by the one thread that handles the request.
 *
 * <p>An answer that is closed before its first buffer is full goes out in one write with its
 * length. The buffer begins small and is given back on {@code flush}, because a waiting feed may
 * hold this stream for hours, and there may be thousands of them.
 */
final class AnswerStream extends OutputStream {
  private static final int SMALLEST = 512;
  private static final int LARGEST = 32 << 10;
  private static final byte[] NONE = new byte[0];

  private final Response response;
  private final Callback completion;
  private final boolean counted;
  private byte[] buffer = NONE;
  private int length;
  private boolean closed;

  /**
   * The body of an answer whose head is set.
   *
   * @param completion told when the last byte is out
   * @param counted whether the body is only counted and not sent, as HEAD wants it
   */
  AnswerStream(Response response, Callback completion, boolean counted) {
    this.response = response;
    this.completion = completion;
    this.counted = counted;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (closed) {
      throw new IOException("the answer is closed");
    }
    if (counted) {
      return;
    }
    if (count > LARGEST - length) {
      send();
      if (count >= LARGEST) {
        send(ByteBuffer.wrap(bytes, offset, count));
        return;
      }
    }
    if (count > buffer.length - length) {
      int wanted = Math.max(length + count, Math.max(SMALLEST, 2 * buffer.length));
      buffer = Arrays.copyOf(buffer, Math.min(LARGEST, wanted));
    }
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  @Override
  public void flush() throws IOException {
    send();
    if (buffer.length > SMALLEST) {
      buffer = NONE;
    }
  }

  private void send() throws IOException {
    // Blocks until the bytes are with the system, so that the buffer can be used again.
    if (length > 0 || !response.isCommitted()) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
      length = 0;
      send(bytes);
    }
  }

  private void send(ByteBuffer bytes) throws IOException {
    try {
      Content.Sink.write(response, false, bytes);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  /** Ends the answer. Only what is closed counts as whole. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean open =
        !response.isCommitted() && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH);
    if (open && counted) {
      // In two steps: in one, Jetty would say that the body has no bytes, which only HEAD's has.
      response.write(
          false,
          ByteBuffer.allocate(0),
          Callback.from(
              () -> response.write(true, ByteBuffer.allocate(0), completion), completion::failed));
      return;
    }
    if (open) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
    }
    response.write(true, ByteBuffer.wrap(buffer, 0, length), completion);
  }
}
