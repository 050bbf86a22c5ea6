package org.skerry.mango;

import java.util.Base64;
import java.util.Optional;
import org.skerry.collation.ValueReader;
import org.skerry.collation.ValueWriter;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/**
 * Where an answer ended: the last row of the index that was in it. The next page begins behind that
 * row, wherever it would stand, so that nothing is skipped or shown twice when documents come and
 * go between the pages. To clients it is opaque: base64url of {@code ["id", key]}.
 *
 * @param key the row's
 * @param id the document's
 */
public record Bookmark(JsonNode key, DocId id) {
  /** What stands for no bookmark. */
  static final String NONE = "nil";

  /** More than any document may be nested, and little enough to compare. */
  private static final int MAX_DEPTH = 1_000;

  private static final JsonFactory FACTORY =
      JsonIn.factory(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build()));

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  /**
   * Reads what a client gave back.
   *
   * @return nothing for none
   * @throws MangoException when it was never given to it
   */
  static Optional<Bookmark> parse(JsonNode json) {
    if (json.isNull() || json.isString() && isNone(json.stringValue())) {
      return Optional.empty();
    }
    if (!json.isString()) {
      throw invalid(json);
    }
    try {
      JsonNode decoded = decoded(DECODER.decode(json.stringValue()));
      if (decoded.isArray() && decoded.size() == 2 && decoded.get(0).isString()) {
        return Optional.of(new Bookmark(decoded.get(1), DocId.of(decoded.get(0).stringValue())));
      }
    } catch (IllegalArgumentException | JacksonException | BadDocumentException e) {
      throw invalid(json);
    }
    throw invalid(json);
  }

  private static JsonNode decoded(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      return parser.nextToken() == null ? MissingNode.getInstance() : ValueReader.read(parser);
    }
  }

  private static boolean isNone(String text) {
    return text.isEmpty() || text.equals(NONE);
  }

  private static MangoException invalid(JsonNode json) {
    return MangoException.bad("invalid_bookmark", "Invalid bookmark value: " + json);
  }

  /** What a client gets. */
  @Override
  public String toString() {
    return text(id, new ValueWriter().of(key));
  }

  /** The same of a key that is JSON already. */
  static String text(DocId id, byte[] key) {
    byte[] name = new ValueWriter().of(StringNode.valueOf(id.text()));
    byte[] place = new byte[name.length + key.length + 3];
    place[0] = '[';
    System.arraycopy(name, 0, place, 1, name.length);
    place[name.length + 1] = ',';
    System.arraycopy(key, 0, place, name.length + 2, key.length);
    place[place.length - 1] = ']';
    return ENCODER.encodeToString(place);
  }
}
