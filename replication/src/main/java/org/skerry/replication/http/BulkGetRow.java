package org.skerry.replication.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * A row of {@code _bulk_get}'s answer.
 *
 * @param id the document asked for
 * @param found what there is of it
 */
record BulkGetRow(String id, List<Found> found) {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Something about one revision. */
  sealed interface Found {}

  /**
   * A revision.
   *
   * @param json the document as it came
   * @param attached whether it has attachments
   */
  record Good(String rev, byte[] json, boolean attached) implements Found {}

  /** A revision that is not to be had. */
  record Bad(String rev, String error, String reason) implements Found {}

  /** Reads {@code {"id": …, "docs": [{"ok": …}, {"error": …}]}}. */
  static BulkGetRow read(byte[] row) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), row)) {
      Optional<String> id = Optional.empty();
      List<Found> found = new ArrayList<>(1);
      expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("id") && value == JsonToken.VALUE_STRING) {
          id = Optional.of(parser.getString());
        } else if (name.equals("docs") && value == JsonToken.START_ARRAY) {
          readDocs(parser, row, found);
        } else {
          parser.skipChildren();
        }
      }
      expect(parser, parser.currentToken(), JsonToken.END_OBJECT);
      String known = id.orElseThrow(() -> new StreamReadException(parser, "a row without an id"));
      return new BulkGetRow(known, List.copyOf(found));
    }
  }

  private static void readDocs(JsonParser parser, byte[] row, List<Found> found) {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("ok") && value == JsonToken.START_OBJECT) {
          found.add(document(parser, row));
        } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
          found.add(error(parser));
        } else {
          parser.skipChildren();
        }
      }
    }
    expect(parser, parser.currentToken(), JsonToken.END_ARRAY);
  }

  private static Good document(JsonParser parser, byte[] row) {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    String rev = "";
    boolean attached = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("_rev") && value == JsonToken.VALUE_STRING) {
        rev = parser.getString();
      } else {
        attached |= name.equals("_attachments");
        parser.skipChildren();
      }
    }
    expect(parser, parser.currentToken(), JsonToken.END_OBJECT);
    int end = (int) parser.currentTokenLocation().getByteOffset() + 1;
    return new Good(rev, Arrays.copyOfRange(row, start, end), attached);
  }

  private static Bad error(JsonParser parser) {
    String rev = "";
    String error = "";
    String reason = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
      switch (name) {
        case "rev" -> rev = text ? parser.getString() : "";
        case "error" -> error = text ? parser.getString() : "";
        case "reason" -> reason = text ? parser.getString() : "";
        default -> parser.skipChildren();
      }
    }
    return new Bad(rev, error, reason);
  }

  private static void expect(JsonParser parser, JsonToken found, JsonToken expected) {
    if (found != expected) {
      throw new StreamReadException(parser, "expected " + expected + ", found " + found);
    }
  }
}
