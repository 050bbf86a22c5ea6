package org.skerry.http.couch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the rows of long answers: bytes that are JSON already are copied into one buffer, which
 * goes out when it is full. A generator's checks of nesting and names cost more than the bytes of a
 * row do, and rows are written by the million; whatever is rare in a row is left to a generator
 * ({@link DocumentJson}), which writes into the same buffer.
 *
 * <p>Closing ends the answer. Not closing it, after a failure, cuts the answer off.
 */
public final class RowOut extends OutputStream {
  /** Larger than the buffers below, which then do not copy what is here a second time. */
  private static final int LARGEST = 64 * 1024;

  private static final int SMALLEST = 1024;
  private static final byte[] NONE = new byte[0];
  private static final int LONGEST_NUMBER = 20;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream stream;
  private final Parts parts;
  private byte[] buffer = NONE;
  private int used;

  /** Told of the parts in which an answer goes out. */
  public interface Parts {
    /** Nobody is. */
    Parts UNTOLD =
        new Parts() {
          @Override
          public void more() {}

          @Override
          public void end() {}
        };

    /** More is about to be read; it may have to wait. */
    void more() throws IOException;

    /** What was read is about to be sent, which takes as long as it takes. */
    void end();
  }

  /** Rows into that stream, which it closes. */
  public RowOut(OutputStream stream) {
    this(stream, Parts.UNTOLD);
  }

  /** Rows that are read in parts. */
  public RowOut(OutputStream stream, Parts parts) {
    this.stream = stream;
    this.parts = parts;
  }

  /** To be said before much is read of which nothing may be written. */
  public void more() throws IOException {
    parts.more();
  }

  /** ASCII as it is. */
  @SuppressWarnings("deprecation") // Right for ASCII, and without an array in between.
  public void raw(String ascii) throws IOException {
    int length = ascii.length();
    if (length >= LARGEST) {
      write(ascii.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    reserve(length);
    ascii.getBytes(0, length, buffer, used);
    used += length;
  }

  /** A whole number. */
  public void number(long number) throws IOException {
    reserve(LONGEST_NUMBER);
    if (number < 0) {
      raw(Long.toString(number));
      return;
    }
    int end = used + LONGEST_NUMBER;
    int at = end;
    long rest = number;
    do {
      buffer[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    System.arraycopy(buffer, at, buffer, used, end - at);
    used += end - at;
  }

  /** A string of JSON. */
  public void string(String text) throws IOException {
    string(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An id as a string of JSON. */
  public void id(DocId id) throws IOException {
    string(id.utf8());
  }

  /** A revision as a string of JSON; its text needs no escape. */
  public void rev(RevId rev) throws IOException {
    quoted(rev.textBytes());
  }

  private void string(byte[] utf8) throws IOException {
    if (needsEscape(utf8)) {
      escaped(utf8);
    } else {
      quoted(utf8);
    }
  }

  private static boolean needsEscape(byte[] utf8) {
    for (byte c : utf8) {
      if (isEscaped(c)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEscaped(byte c) {
    return c == '"' || c == '\\' || c >= 0 && c < ' ';
  }

  private void quoted(byte[] utf8) throws IOException {
    write('"');
    write(utf8, 0, utf8.length);
    write('"');
  }

  private void escaped(byte[] utf8) throws IOException {
    write('"');
    for (byte c : utf8) {
      if (isEscaped(c)) {
        escape(c);
      } else {
        write(c);
      }
    }
    write('"');
  }

  private void escape(byte c) throws IOException {
    if (c == '"' || c == '\\') {
      write('\\');
      write(c);
    } else {
      raw("\\u00");
      write(HEX[c >> 4]);
      write(HEX[c & 0xf]);
    }
  }

  /** Bytes as they are. */
  public void raw(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  /** A document, as {@link DocumentJson} writes it; most have a body and nothing else. */
  @SuppressWarnings("ReferenceEquality") // Equal extras that are another object take the long way.
  public void document(DocId id, StoredRevision revision, DocumentExtras extras)
      throws IOException {
    if (extras != DocumentExtras.NONE || !revision.attachments().isEmpty()) {
      JsonGenerator generator = JsonOut.into(this);
      DocumentJson.write(generator, id, revision, extras);
      generator.close();
      return;
    }
    raw("{\"_id\":");
    id(id);
    raw(",\"_rev\":");
    rev(revision.rev());
    if (!revision.body().isEmpty()) {
      byte[] json = revision.body().json();
      write(',');
      write(json, 1, json.length - 2);
    }
    raw(revision.deleted() ? ",\"_deleted\":true}" : "}");
  }

  @Override
  public void write(int octet) throws IOException {
    reserve(1);
    buffer[used++] = (byte) octet;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length >= LARGEST) {
      pass(bytes, offset, length);
      return;
    }
    reserve(length);
    System.arraycopy(bytes, offset, buffer, used, length);
    used += length;
  }

  /** Past the buffer, which is smaller. */
  private void pass(byte[] bytes, int offset, int length) throws IOException {
    drain();
    stream.write(bytes, offset, length);
    parts.more();
  }

  /** Makes room, for less than the largest buffer. */
  private void reserve(int bytes) throws IOException {
    if (bytes > buffer.length - used) {
      makeRoom(bytes);
    }
  }

  /**
   * Apart from {@link #reserve}, which becomes a part of all that writes a row: so that what is
   * rare is compiled once, and another kind of {@link Parts} leaves the rows' code as it is.
   */
  private void makeRoom(int bytes) throws IOException {
    if (used + bytes > LARGEST) {
      drain();
      parts.more();
    }
    if (bytes > buffer.length - used) {
      int wanted = Math.max(used + bytes, Math.max(SMALLEST, 2 * buffer.length));
      buffer = Arrays.copyOf(buffer, Math.min(LARGEST, wanted));
    }
  }

  private void drain() throws IOException {
    parts.end();
    stream.write(buffer, 0, used);
    used = 0;
  }

  /** Sends what there is, and gives the buffer back: thousands of feeds wait after a flush. */
  @Override
  public void flush() throws IOException {
    drain();
    stream.flush();
    buffer = NONE;
  }

  @Override
  public void close() throws IOException {
    drain();
    stream.close();
  }
}
