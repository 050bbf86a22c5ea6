package org.skerry.replication.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.skerry.document.JsonBytes;

/**
 * Cuts {@code {"results": [row, row, …]}} into its rows while it arrives, without parsing them: it
 * counts brackets and minds strings, and leaves it to others to find out whether a row is good
 * JSON. So a document's bytes are looked at once and copied once on their way from the line to
 * whoever wants them.
 */
final class ResultSplitter {
  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final int largest;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private boolean started;

  /**
   * A splitter.
   *
   * @param largest the most bytes that a row may have
   */
  ResultSplitter(InputStream in, int largest) {
    this.in = in;
    this.largest = largest;
  }

  /**
   * The next row's bytes; nothing when the array has ended.
   *
   * @throws EOFException when the answer ended before
   */
  Optional<byte[]> next() throws IOException {
    if (!started) {
      skipTo('[');
      started = true;
    }
    int octet = skipBlanksAndCommas();
    if (octet == ']') {
      drain();
      return Optional.empty();
    }
    if (octet != '{') {
      throw new OddAnswerException("expected a row, found byte " + octet);
    }
    return Optional.of(row());
  }

  private byte[] row() throws IOException {
    ByteArrayOutputStream begun = null; // what came in the buffers before
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    int from = at - 1;
    // The opening brace was read: step back onto it, it is in the buffer.
    at = from;
    while (true) {
      while (at < end) {
        if (inString && !escaped) {
          at = JsonBytes.plain(buffer, at, end);
          if (at == end) {
            break;
          }
        }
        byte c = buffer[at++];
        if (inString) {
          if (escaped) {
            escaped = false;
          } else if (c == '\\') {
            escaped = true;
          } else if (c == '"') {
            inString = false;
          }
        } else if (c == '"') {
          inString = true;
        } else if (c == '{' || c == '[') {
          depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
          if (begun == null) {
            return Arrays.copyOfRange(buffer, from, at);
          }
          begun.write(buffer, from, at - from);
          return begun.toByteArray();
        }
      }
      begun = begun == null ? new ByteArrayOutputStream(2 * (end - from)) : begun;
      begun.write(buffer, from, end - from);
      if (begun.size() > largest) {
        throw new OddAnswerException("a row is larger than " + largest + " bytes");
      }
      fill();
      from = 0;
    }
  }

  private void skipTo(char wanted) throws IOException {
    boolean object = false;
    for (int octet = read(); octet != wanted; octet = read()) {
      object |= octet == '{';
      if (!object && octet > ' ') {
        throw new OddAnswerException("expected {\"results\": …, found byte " + octet);
      }
    }
  }

  private int skipBlanksAndCommas() throws IOException {
    int octet = read();
    while (octet <= ' ' || octet == ',') {
      octet = read();
    }
    return octet;
  }

  private int read() throws IOException {
    if (at == end) {
      fill();
    }
    return buffer[at++];
  }

  private void fill() throws IOException {
    at = 0;
    end = in.read(buffer, 0, buffer.length);
    if (end <= 0) {
      end = 0;
      throw new EOFException("the answer broke off in the middle");
    }
  }

  /**
   * To the end of the answer, so that the connection can be used again; the object must be closed.
   */
  private void drain() throws IOException {
    boolean closed = false;
    while (true) {
      for (; at < end; at++) {
        closed |= buffer[at] == '}';
      }
      at = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
      if (end == 0) {
        break;
      }
    }
    if (!closed) {
      throw new EOFException("the answer broke off before its end");
    }
  }
}
