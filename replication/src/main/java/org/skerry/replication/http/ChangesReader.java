package org.skerry.replication.http;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.json.JsonIn;
import org.skerry.replication.peer.ChangeRow;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the rows of {@code _changes}, as a page or line by line.
 *
 * <p>A peer that passes {@code limit} over sends its whole feed, for which there may be no room: a
 * page is cut between two rows, and the next one begins behind the position of the last row that
 * was taken, as behind a row of a continuous feed. Not as soon as the limit is exceeded: a peer may
 * give rows twice, and in no order, and then a position within the page says nothing.
 */
final class ChangesReader {
  private static final JsonFactory FACTORY = JsonIn.factory();

  /** A row of the largest id, with thousands of conflicts. */
  static final int LONGEST_ROW = 1024 * 1024;

  /** A page is cut behind so many times its limit. */
  private static final int MOST_TIMES = 4;

  /** A page is cut behind so many bytes. */
  private static final long MOST_BYTES = 16 * 1024 * 1024;

  private final JsonParser parser;
  private final List<ChangeRow> rows = new ArrayList<>();
  private Optional<String> lastSeq = Optional.empty();
  private long pending = -1;

  /** Whether each row stands behind the one before, as far as positions say. */
  private boolean inOrder = true;

  private ChangesReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads a page.
   *
   * @param body its end is read only where the page is not cut
   * @param leave called where the page is cut: more of the body is not wanted
   */
  static ChangesPage page(InputStream body, ChangesQuery query, Runnable leave) {
    RowAllowance rows = new RowAllowance(body, LONGEST_ROW);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), rows)) {
      ChangesReader reader = new ChangesReader(parser);
      if (!reader.readObject(rows, query)) {
        leave.run();
        return new ChangesPage(reader.rows, reader.rows.getLast().seq(), -1, false);
      }
      String last =
          reader.lastSeq.orElseThrow(() -> reader.odd("a page of changes without last_seq"));
      // A peer may give fewer rows than it was asked for, or none, and say that there are more.
      boolean more = reader.rows.size() >= query.limit() || reader.pending > 0;
      boolean end = last.equals(query.since()) || !more;
      return new ChangesPage(reader.rows, last, end ? 0 : reader.pending, end);
    }
  }

  /**
   * Reads a line of a continuous feed.
   *
   * @return a row; nothing for the line that ends the feed
   */
  static Optional<ChangeRow> line(byte[] line) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      ChangesReader reader = new ChangesReader(parser);
      reader.expect(parser.nextToken(), JsonToken.START_OBJECT);
      reader.row();
      return reader.rows.stream().findFirst();
    }
  }

  /** Returns whether it came to the end; otherwise the rows were cut. */
  private boolean readObject(RowAllowance allowance, ChangesQuery query) {
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "results" -> {
          expect(value, JsonToken.START_ARRAY);
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            row();
            allowance.next();
            if (isCut(allowance.taken(), query)) {
              return false;
            }
          }
          expect(parser.currentToken(), JsonToken.END_ARRAY);
        }
        case "last_seq" -> lastSeq = Optional.of(seq());
        case "pending" ->
            pending = value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
        default -> parser.skipChildren();
      }
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT);
    return true;
  }

  /**
   * Cuts a page before its last row where it has grown too long, and where the next one can begin:
   * at another position than this one did, and not in the middle of several rows of one position.
   */
  private boolean isCut(long bytes, ChangesQuery query) {
    int kept = rows.size() - 1;
    if (kept < (long) MOST_TIMES * query.limit() && bytes < MOST_BYTES || kept == 0) {
      return false;
    }
    String end = rows.get(kept - 1).seq();
    if (end.equals(rows.get(kept).seq()) || end.equals(query.since())) {
      if (bytes > 2 * MOST_BYTES) {
        throw odd("a page of changes at one position is longer than " + bytes + " bytes");
      }
      return false;
    }
    if (!inOrder) {
      throw odd("more changes than were asked for, and in no order");
    }
    rows.removeLast();
    return true;
  }

  /** The number in which a position begins, if it does: it grows along a feed. */
  private static long number(String seq) {
    int from = 0;
    while (from < seq.length() && !isDigit(seq.charAt(from)) && from < 2) {
      from++;
    }
    int to = from;
    while (to < seq.length() && to < from + 18 && isDigit(seq.charAt(to))) {
      to++;
    }
    return to == from ? 0 : Long.parseLong(seq, from, to, 10);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Reads the object at whose beginning the parser stands. */
  private void row() {
    String id = "";
    String seq = "";
    List<String> revs = new ArrayList<>(1);
    boolean end = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "seq" -> seq = seq();
        case "id" -> {
          expect(value, JsonToken.VALUE_STRING);
          id = parser.getString();
        }
        case "changes" -> {
          expect(value, JsonToken.START_ARRAY);
          revs(revs);
        }
        case "last_seq" -> {
          end = true;
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT);
    if (!end) {
      if (seq.isEmpty()) {
        throw odd("a change without seq");
      }
      inOrder &= rows.isEmpty() || number(rows.getLast().seq()) <= number(seq);
      rows.add(new ChangeRow(id, seq, revs));
    }
  }

  private void revs(List<String> revs) {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean rev = parser.currentName().equals("rev");
        if (parser.nextToken() == JsonToken.VALUE_STRING && rev) {
          revs.add(parser.getString());
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private String seq() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getString();
      case START_ARRAY -> array();
      case VALUE_NUMBER_INT -> parser.getString();
      case VALUE_NULL -> ChangesQuery.START;
      default -> throw odd("a seq that is no seq");
    };
  }

  /** BigCouch: {@code [number, "opaque"]}. */
  private String array() {
    StringBuilder text = new StringBuilder("[");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean string = parser.currentToken() == JsonToken.VALUE_STRING;
      text.append(text.length() > 1 ? "," : "").append(string ? "\"" : "");
      text.append(parser.getString()).append(string ? "\"" : "");
    }
    return text.append(']').toString();
  }

  private void expect(JsonToken found, JsonToken expected) {
    if (found != expected) {
      throw odd("expected " + expected + ", found " + found);
    }
  }

  private StreamReadException odd(String what) {
    return new StreamReadException(parser, what);
  }
}
