package org.skerry.multipart;

import java.io.IOException;
import java.io.InputStream;
import org.skerry.multipart.MultipartException.Kind;

/**
 * A stream's bytes, told apart into data and delimiters, in one buffer.
 *
 * <pre>
 *   0        position        clean              end        buffer.length
 *   | consumed |  known data   |  not looked at  |   free    |
 * </pre>
 *
 * <p>A delimiter counts only with the rest of its line: blanks, or two hyphens and blanks, up to
 * the line's end. So a boundary may be the beginning of another one, as happens with nested
 * multiparts. After the closing one the end of the input will do in place of the line's.
 */
final class DelimitedInput {
  private static final int BUFFER = 16 * 1024;

  /** Blanks after a delimiter, which RFC 2046 allows transports to add. More are data. */
  private static final int MAX_PADDING = 128;

  private final InputStream in;
  private final Delimiter delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int clean;
  private int end;
  private boolean ended;

  /** When a delimiter stands at the position: where its line ends; otherwise -1. */
  private int afterDelimiter = -1;

  private boolean closing;

  DelimitedInput(InputStream in, Delimiter delimiter) {
    this.in = in;
    this.delimiter = delimiter;
    // The first delimiter may open the input. To find it like the others, it gets the line break it
    // lacks.
    buffer[0] = '\r';
    buffer[1] = '\n';
    end = 2;
  }

  /** How many bytes of data stand ready; 0 when a delimiter does. Reads when it has to. */
  int available() throws IOException {
    while (position == clean && afterDelimiter < 0) {
      look();
    }
    return clean - position;
  }

  /** How many bytes of data stand ready without reading. */
  int buffered() {
    return clean - position;
  }

  int copy(byte[] target, int offset, int length) {
    int count = Math.min(length, clean - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  byte take() {
    return buffer[position++];
  }

  void skip(int count) {
    position += count;
  }

  /** Passes the delimiter that {@link #available} found; returns whether it was the closing one. */
  boolean passDelimiter() {
    position = afterDelimiter;
    clean = position;
    afterDelimiter = -1;
    return closing;
  }

  /** The next byte, whatever it means: for headers. */
  byte next() throws IOException {
    while (position == end) {
      fill();
    }
    clean = ++position;
    return buffer[position - 1];
  }

  /** Whether a line break stands here; for headers. */
  boolean isAtLineBreak() throws IOException {
    while (end - position < 2) {
      if (end > position && buffer[position] != '\r') {
        return false;
      }
      fill();
    }
    return buffer[position] == '\r' && buffer[position + 1] == '\n';
  }

  /**
   * Passes the line break that ends a part's headers, at which this stands, unless it belongs to a
   * delimiter: then the part has no body.
   */
  void passHeadersEnd() throws IOException {
    if (!isAtDelimiter()) {
      next();
      next();
    }
  }

  /** Reads to the end of the input, past the closing delimiter. */
  void drain(int limit) throws IOException {
    long drained = end - (long) position;
    while (!ended && drained <= limit) {
      position = clean = end = 0;
      drained += read();
    }
    if (drained > limit) {
      throw new MultipartException(
          Kind.TOO_LARGE, "more than " + limit + " bytes after the closing delimiter");
    }
  }

  /** Finds out about at least one more byte. */
  private void look() throws IOException {
    int found = delimiter.indexIn(buffer, position, end);
    if (found > position) {
      clean = found;
    } else if (found == position) {
      if (!isAtDelimiter()) {
        clean = position + 1;
      }
    } else {
      int safe = end - delimiter.length() + 1;
      if (safe > position) {
        clean = safe;
      } else {
        fill();
      }
    }
  }

  /** Reads as far as it takes to know, and no further: a sender may be waiting for our answer. */
  private boolean isAtDelimiter() throws IOException {
    while (delimiter.mayBeginAt(buffer, position, end)) {
      if (end - position >= delimiter.length()) {
        switch (restOfLine(position + delimiter.length())) {
          case DELIMITER -> {
            return true;
          }
          case DATA -> {
            return false;
          }
          case UNKNOWN -> {}
        }
      }
      fill();
    }
    return false;
  }

  private enum Rest {
    DELIMITER,
    DATA,
    UNKNOWN
  }

  private Rest restOfLine(int from) {
    closing = from + 1 < end && buffer[from] == '-' && buffer[from + 1] == '-';
    int at = closing ? from + 2 : from;
    int padded = at + MAX_PADDING;
    while (at < end && at < padded && (buffer[at] == ' ' || buffer[at] == '\t')) {
      at++;
    }
    boolean cut =
        at == end || at + 1 == end && (buffer[at] == '\r' || at == from && buffer[at] == '-');
    if (cut) {
      if (closing && ended) {
        afterDelimiter = end;
        return Rest.DELIMITER;
      }
      return Rest.UNKNOWN;
    }
    if (buffer[at] == '\r' && buffer[at + 1] == '\n') {
      afterDelimiter = at + 2;
      return Rest.DELIMITER;
    }
    return Rest.DATA;
  }

  /**
   * Reads more.
   *
   * @throws MultipartException when there is no more: whoever asks needs it
   */
  private void fill() throws IOException {
    if (ended) {
      throw new MultipartException(
          Kind.TRUNCATED, "multipart was cut off: it ended before its closing delimiter");
    }
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, end - position);
      end -= position;
      clean -= position;
      position = 0;
    }
    read();
  }

  private int read() throws IOException {
    int count = in.read(buffer, end, buffer.length - end);
    if (count == 0) {
      // Not allowed to a stream, and some do it: ask for a byte and wait.
      int single = in.read();
      count = single < 0 ? -1 : 1;
      buffer[end] = (byte) single;
    }
    ended = count < 0;
    end += Math.max(count, 0);
    return Math.max(count, 0);
  }
}
