package org.skerry.fhir.attached;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.skerry.document.BadDocumentException;
import org.skerry.document.BadDocumentException.Kind;

/**
 * Copies JSON from a stream, and hands on what is long at one place of it, instead of which a short
 * member is written. It follows the JSON's structure without checking it: what is copied is checked
 * as a whole afterwards, and where the JSON is broken, so is the copy. One thread.
 */
final class Splitter {
  /** Longer texts are taken out: below that, a row of its own costs more than it spares. */
  static final int SMALL = 4096;

  /** Deeper than any resource may be. */
  private static final int MAX_DEPTH = 1_000;

  /** Takes what is long, to its end. */
  interface Taker {
    /** Returns the member that is written instead. */
    String take(InputStream data) throws IOException;
  }

  /** An open array or object; where it stands in the place, or -1 when it is elsewhere. */
  private record Open(boolean object, int level) {}

  private static final Open OUTSIDE = new Open(false, -1);

  private final ByteSource in;
  private final List<String> place;
  private final int most;
  private final Taker taker;
  private final Deque<Open> open = new ArrayDeque<>();
  private byte[] out = new byte[2 * SMALL];
  private int size;

  /** Where the current member's name begins in the copy, and how long it is with its quotes. */
  private int nameStart;

  private int nameLength;
  private boolean expectsName;

  /** What has to come next but white space for a value to be the named member's; 0 for nothing. */
  private char wanted;

  Splitter(InputStream in, List<String> place, int most, Taker taker) {
    this.in = new ByteSource(in);
    this.place = place;
    this.most = most;
    this.taker = taker;
  }

  /** Reads to the end. */
  byte[] read() throws IOException {
    for (int c = in.next(); c >= 0; c = in.next()) {
      switch (c) {
        case '"' -> text();
        case '{', '[' -> enter(c);
        case '}', ']' -> {
          open.poll();
          expectsName = false;
          wanted = 0;
          copy(c);
        }
        case ',' -> {
          expectsName = around().object();
          wanted = 0;
          copy(c);
        }
        default -> {
          if (c > ' ') {
            wanted = c == ':' && wanted == ':' ? '"' : 0;
          }
          copy(c);
        }
      }
    }
    return Arrays.copyOf(out, size);
  }

  private Open around() {
    Open last = open.peek();
    return last == null ? OUTSIDE : last;
  }

  private void enter(int c) {
    if (open.size() == MAX_DEPTH) {
      throw new BadDocumentException(Kind.BAD_JSON, "nesting deeper than " + MAX_DEPTH);
    }
    int level = open.isEmpty() ? 0 : level();
    open.push(new Open(c == '{', level));
    expectsName = c == '{';
    wanted = 0;
    copy(c);
  }

  /** The level of the value that comes next. */
  private int level() {
    Open around = around();
    if (!around.object() || around.level() < 0) {
      return around.level();
    }
    boolean next = around.level() < place.size() && isName(place.get(around.level()));
    return next ? around.level() + 1 : -1;
  }

  private boolean isName(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(out, nameStart + 1, nameStart + nameLength - 1, bytes, 0, bytes.length);
  }

  private void text() throws IOException {
    if (expectsName) {
      expectsName = false;
      nameStart = size;
      copy('"');
      copyText(Integer.MAX_VALUE);
      nameLength = size - nameStart;
      wanted = ':';
      return;
    }
    boolean meant =
        wanted == '"' && around().object() && !place.isEmpty() && level() == place.size();
    wanted = 0;
    int start = size;
    copy('"');
    if (!meant) {
      copyText(Integer.MAX_VALUE);
    } else if (!copyText(SMALL)) {
      takeOut(start + 1);
    }
  }

  /** What began at a place of the copy is long: the copy gets something else instead. */
  private void takeOut(int begin) throws IOException {
    Base64Text data = new Base64Text(Arrays.copyOfRange(out, begin, size), in);
    String instead = taker.take(data.decoded());
    data.finish();
    size = nameStart;
    for (byte c : instead.getBytes(StandardCharsets.UTF_8)) {
      copy(c);
    }
  }

  /** Copies a text whose first quote was copied; false when it is longer than that. */
  private boolean copyText(int longest) throws IOException {
    for (int length = 0; length < longest; length++) {
      int c = in.next();
      if (c < 0) {
        return true;
      }
      copy(c);
      if (c == '"') {
        return true;
      }
      if (c == '\\') {
        int escaped = in.next();
        if (escaped >= 0) {
          copy(escaped);
        }
      }
    }
    return false;
  }

  private void copy(int c) {
    if (size == out.length) {
      if (size >= most) {
        throw new BadDocumentException(
            Kind.TOO_LARGE, "more than " + most + " bytes besides the data of its attachments");
      }
      out = Arrays.copyOf(out, (int) Math.min(2L * size, most));
    }
    out[size++] = (byte) c;
  }
}
