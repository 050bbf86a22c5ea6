package org.skerry.document;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skerry.document.BadDocumentException.Kind;
import org.skerry.revision.RevPath;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses documents once, at the door: checks all of the JSON and of its UTF-8, and cuts the members
 * that begin with an underscore out of the bytes without touching the rest.
 *
 * <p>A reader walks over one request: a single document, or an array of them ({@link #readBulk}),
 * so that a bulk of thousands is parsed in one pass over one buffer. Not safe for use by several
 * threads.
 *
 * <p>Refused, with the place where it went wrong: JSON that ends early or late, malformed UTF-8, a
 * member twice in one object (readers of the world disagree which one counts), nesting beyond
 * {@link DocumentLimits#maxDepth}, and members that begin with an underscore without a meaning.
 */
public final class DocumentReader implements AutoCloseable {
  private final byte[] input;
  private final DocumentLimits limits;
  private final JsonParser parser;

  private DocumentReader(byte[] input, DocumentLimits limits) {
    this.input = input;
    this.limits = limits;
    int malformed = Utf8.firstMalformed(input, 0, input.length);
    if (malformed >= 0) {
      throw new BadDocumentException(
          Kind.BAD_JSON, "invalid UTF-8 JSON: malformed UTF-8 at byte " + malformed);
    }
    this.parser = factory(limits).createParser(ObjectReadContext.empty(), input);
  }

  private static final Limited DEFAULT_FACTORY =
      new Limited(DocumentLimits.DEFAULT, build(DocumentLimits.DEFAULT));

  /**
   * The factory of the limits that were used last: a program has one configuration, and a factory
   * is dear to make and learns names. Written by whoever comes with other limits; two that race
   * make one too many.
   */
  private static volatile Limited lastFactory = DEFAULT_FACTORY;

  private record Limited(DocumentLimits limits, JsonFactory factory) {}

  private static JsonFactory factory(DocumentLimits limits) {
    if (limits.equals(DocumentLimits.DEFAULT)) {
      return DEFAULT_FACTORY.factory();
    }
    Limited last = lastFactory;
    if (!last.limits().equals(limits)) {
      last = new Limited(limits, build(limits));
      lastFactory = last;
    }
    return last.factory();
  }

  private static JsonFactory build(DocumentLimits limits) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        // UTF-8 and nothing else: positions in other encodings are not positions in the input.
        .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(limits.maxBodyBytes())
                .maxNumberLength(limits.maxBodyBytes())
                .build())
        .build();
  }

  /**
   * Reads the whole input as one document.
   *
   * @throws BadDocumentException when it is not one
   */
  public static IncomingDocument read(byte[] input, DocumentLimits limits) {
    try (DocumentReader reader = new DocumentReader(input, limits)) {
      reader.parser.nextToken();
      IncomingDocument document = reader.document();
      reader.expectEnd();
      return document;
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  static Body readBody(byte[] input) {
    IncomingDocument document = read(input, DocumentLimits.DEFAULT);
    if (document.body().json().length != input.length && !document.body().isEmpty()) {
      throw new BadDocumentException(
          Kind.BAD_SPECIAL_MEMBER, "a body has no members that begin with an underscore");
    }
    return document.body();
  }

  /** What a bulk request holds besides its documents. */
  public interface BulkVisitor {
    /** One element of {@code docs}. */
    void document(IncomingDocument document);

    /** A boolean member of the request, such as {@code new_edits}. */
    void option(String name, boolean value);
  }

  /**
   * Reads {@code {"docs": […], …}}, the body of {@code _bulk_docs}.
   *
   * @throws BadDocumentException when it is anything else; documents before the fault were visited
   */
  public static void readBulk(byte[] input, DocumentLimits limits, BulkVisitor visitor) {
    try (DocumentReader reader = new DocumentReader(input, limits)) {
      if (reader.parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadDocumentException(Kind.NOT_AN_OBJECT, "Request body must be a JSON object");
      }
      boolean found = false;
      while (reader.parser.nextToken() == JsonToken.PROPERTY_NAME) {
        found |= reader.readBulkMember(visitor);
      }
      reader.expectEnd();
      if (!found) {
        throw new BadDocumentException(
            Kind.NOT_AN_OBJECT, "POST body must include `docs` parameter.");
      }
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  private boolean readBulkMember(BulkVisitor visitor) {
    String name = parser.currentName();
    JsonToken token = parser.nextToken();
    if (name.equals("docs")) {
      if (token != JsonToken.START_ARRAY) {
        throw new BadDocumentException(Kind.NOT_AN_OBJECT, "`docs` parameter must be an array.");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        visitor.document(document());
      }
      return true;
    }
    if (token.isBoolean()) {
      visitor.option(name, token == JsonToken.VALUE_TRUE);
    } else {
      parser.skipChildren();
    }
    return false;
  }

  private void expectEnd() {
    if (parser.nextToken() != null) {
      throw new BadDocumentException(
          Kind.BAD_JSON, "invalid UTF-8 JSON: something follows the end of the JSON value");
    }
  }

  /** Reads the object at whose first token the parser stands. */
  private IncomingDocument document() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new BadDocumentException(Kind.NOT_AN_OBJECT, "Document must be a JSON object");
    }
    int start = tokenStart();
    Specials specials = new Specials();
    List<int[]> kept = new ArrayList<>(2);
    int runStart = -1;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      boolean special = !name.isEmpty() && name.charAt(0) == '_' && !Body.KEPT.contains(name);
      if (special && runStart >= 0) {
        kept.add(new int[] {runStart, tokenStart()});
        runStart = -1;
      } else if (!special && runStart < 0) {
        runStart = tokenStart();
      }
      JsonToken value = parser.nextToken();
      if (special) {
        specials.read(name, value);
      } else {
        parser.skipChildren();
      }
    }
    int end = tokenStart();
    if (runStart >= 0) {
      kept.add(new int[] {runStart, end});
    }
    Body body = Body.ofTrusted(specials.any ? joined(kept) : whole(start, end));
    return specials.document(body);
  }

  private byte[] whole(int start, int end) {
    checkSize(end + 1 - start);
    return Arrays.copyOfRange(input, start, end + 1);
  }

  /**
   * An object of the kept runs; each run but the last may end in a comma, and the last one loses
   * its own.
   */
  private byte[] joined(List<int[]> runs) {
    int size = 2;
    for (int[] run : runs) {
      size += run[1] - run[0];
    }
    checkSize(size);
    ByteArrayOutputStream out = new ByteArrayOutputStream(size);
    out.write('{');
    for (int i = 0; i < runs.size(); i++) {
      int from = runs.get(i)[0];
      int to = runs.get(i)[1];
      if (i == runs.size() - 1) {
        to = withoutTrailingComma(from, to);
      }
      out.write(input, from, to - from);
    }
    out.write('}');
    return out.toByteArray();
  }

  private int withoutTrailingComma(int from, int to) {
    int end = to;
    while (end > from && (input[end - 1] <= ' ' || input[end - 1] == ',')) {
      end--;
    }
    return end;
  }

  private void checkSize(int bytes) {
    if (bytes > limits.maxBodyBytes()) {
      throw new BadDocumentException(
          Kind.TOO_LARGE,
          "document of " + bytes + " bytes, at most " + limits.maxBodyBytes() + " are accepted");
    }
  }

  private int tokenStart() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  private static BadDocumentException broken(JacksonException e) {
    return new BadDocumentException(
        Kind.BAD_JSON,
        "invalid UTF-8 JSON: "
            + e.getOriginalMessage()
            + " (byte "
            + (e.getLocation() == null ? "unknown" : e.getLocation().getByteOffset())
            + ")",
        e);
  }

  @Override
  public void close() {
    parser.close();
  }

  /** The underscore members of one document, as far as they were read. */
  private final class Specials {
    private boolean any;
    private Optional<String> id = Optional.empty();
    private Optional<String> revText = Optional.empty();
    private boolean deleted;
    private Optional<RevPath> revisions = Optional.empty();
    private Optional<byte[]> attachments = Optional.empty();

    /**
     * Reads the value at whose first token the parser stands, and leaves the parser at its last.
     */
    void read(String name, JsonToken value) {
      any = true;
      switch (name) {
        case "_id" -> id = Optional.of(string(value, Kind.BAD_ID, "Document id must be a string"));
        case "_rev" -> revText = Optional.of(string(value, Kind.BAD_REV, "Invalid rev format"));
        case "_deleted" -> deleted = bool(value);
        case "_revisions" -> revisions = Optional.of(revisions(value));
        case "_attachments" -> attachments = Optional.of(attachments(value));
        case "_revs_info", "_conflicts", "_deleted_conflicts", "_local_seq" ->
            parser.skipChildren();
        default ->
            throw new BadDocumentException(
                Kind.BAD_SPECIAL_MEMBER, "Bad special document member: " + name);
      }
    }

    private String string(JsonToken value, Kind kind, String otherwise) {
      if (value != JsonToken.VALUE_STRING) {
        throw new BadDocumentException(kind, otherwise);
      }
      return parser.getString();
    }

    private boolean bool(JsonToken value) {
      if (!value.isBoolean()) {
        throw new BadDocumentException(Kind.BAD_SPECIAL_MEMBER, "_deleted must be true or false");
      }
      return value == JsonToken.VALUE_TRUE;
    }

    private RevPath revisions(JsonToken value) {
      if (value != JsonToken.START_OBJECT) {
        throw badRevisions();
      }
      int first = 0;
      List<String> hashes = new ArrayList<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (name.equals("start") && token == JsonToken.VALUE_NUMBER_INT) {
          first = parser.getIntValue();
        } else if (name.equals("ids") && token == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.VALUE_STRING) {
            hashes.add(parser.getString());
          }
          if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw badRevisions();
          }
        } else {
          throw badRevisions();
        }
      }
      try {
        return RevPath.of(first, hashes);
      } catch (IllegalArgumentException e) {
        throw new BadDocumentException(Kind.BAD_REV, String.valueOf(e.getMessage()), e);
      }
    }

    private BadDocumentException badRevisions() {
      return new BadDocumentException(
          Kind.BAD_SPECIAL_MEMBER,
          "_revisions must be {\"start\": generation, \"ids\": [hash, …]}, newest first");
    }

    private byte[] attachments(JsonToken value) {
      if (value != JsonToken.START_OBJECT) {
        throw new BadDocumentException(
            Kind.BAD_SPECIAL_MEMBER, "_attachments must be a JSON object");
      }
      int start = tokenStart();
      parser.skipChildren();
      return Arrays.copyOfRange(input, start, tokenStart() + 1);
    }

    IncomingDocument document(Body body) {
      return new IncomingDocument(id, revText, deleted, revisions, attachments, body);
    }
  }
}
