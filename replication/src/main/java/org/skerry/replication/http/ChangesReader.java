package org.skerry.replication.http;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.replication.peer.ChangeRow;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** Reads the rows of {@code _changes}, as a page or line by line. */
final class ChangesReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;
  private final List<ChangeRow> rows = new ArrayList<>();
  private Optional<String> lastSeq = Optional.empty();
  private long pending = -1;

  private ChangesReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads a whole page. */
  static ChangesPage page(InputStream body, ChangesQuery query) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      ChangesReader reader = new ChangesReader(parser);
      reader.readObject();
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

  private void readObject() {
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "results" -> {
          expect(value, JsonToken.START_ARRAY);
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            row();
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
