package org.skerry.attachment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.json.JsonIn;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One pass over the JSON of {@code _attachments}. Not safe for use by several threads. */
final class AttachmentsReader implements AutoCloseable {
  /** The document's reader has checked depth and sizes already. */
  private static final JsonFactory FACTORY = JsonIn.factory(JsonIn.unlimited());

  private final byte[] json;
  private final JsonParser parser;

  AttachmentsReader(byte[] json) {
    this.json = json;
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), json);
  }

  List<AttachmentDraft> drafts() {
    List<AttachmentDraft> drafts = new ArrayList<>();
    parser.nextToken();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = checkedName(parser.currentName());
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw bad(name, "must be a JSON object");
      }
      drafts.add(new Members(name).read());
    }
    return List.copyOf(drafts);
  }

  private static String checkedName(String name) {
    if (name.startsWith("_")) {
      throw new BadAttachmentException(
          "Attachment name '" + name + "' starts with prohibited character '_'");
    }
    return name;
  }

  private static BadAttachmentException bad(String name, String what) {
    return new BadAttachmentException("Attachment '" + name + "' " + what);
  }

  @Override
  public void close() {
    parser.close();
  }

  /** The members of one attachment, as far as they were read. */
  private final class Members {
    private final String name;
    private String contentType = AttachmentDraft.DEFAULT_TYPE;
    private boolean stub;
    private boolean follows;
    private Optional<Integer> revpos = Optional.empty();
    private Optional<String> digest = Optional.empty();
    private Optional<String> encoding = Optional.empty();
    private OptionalLong length = OptionalLong.empty();
    private OptionalLong encodedLength = OptionalLong.empty();
    private Optional<InlineData> data = Optional.empty();

    Members(String name) {
      this.name = name;
    }

    AttachmentDraft read() {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        member(parser.currentName(), parser.nextToken());
      }
      if (stub) {
        return new AttachmentDraft.Stub(name, revpos, digest);
      }
      if (follows) {
        return followed();
      }
      InlineData found =
          data.orElseThrow(() -> new BadAttachmentException("Invalid attachment data for " + name));
      return new AttachmentDraft.Inline(name, contentType, revpos.orElse(0), found);
    }

    private void member(String member, JsonToken value) {
      switch (member) {
        case "content_type" -> contentType = string(member, value);
        case "digest" -> digest = Optional.of(string(member, value));
        case "encoding" -> encoding = Optional.of(string(member, value));
        case "revpos" -> revpos = Optional.of((int) number(member, value, Integer.MAX_VALUE));
        case "length" -> length = OptionalLong.of(number(member, value, Long.MAX_VALUE));
        case "encoded_length" ->
            encodedLength = OptionalLong.of(number(member, value, Long.MAX_VALUE));
        case "stub" -> stub = value == JsonToken.VALUE_TRUE;
        case "follows" -> follows = value == JsonToken.VALUE_TRUE;
        case "data" -> data = inline(value);
        default -> {}
      }
      parser.skipChildren();
    }

    private AttachmentDraft followed() {
      Encoding stored =
          switch (encoding.orElse("identity")) {
            case "identity" -> Encoding.IDENTITY;
            case "gzip" -> Encoding.GZIP;
            default -> throw bad(name, "has an unknown encoding: gzip and identity are known");
          };
      OptionalLong storedLength = stored == Encoding.IDENTITY ? length : encodedLength;
      return new AttachmentDraft.Follows(
          name, contentType, revpos.orElse(0), stored, length, storedLength, digest);
    }

    private String string(String member, JsonToken value) {
      if (value != JsonToken.VALUE_STRING) {
        throw bad(name, "must have a string as its " + member);
      }
      return parser.getString();
    }

    private long number(String member, JsonToken value, long max) {
      boolean sane =
          value == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && parser.getLongValue() >= 0
              && parser.getLongValue() <= max;
      if (!sane) {
        throw bad(name, "must have a number from 0 as its " + member);
      }
      return parser.getLongValue();
    }

    private Optional<InlineData> inline(JsonToken value) {
      if (value != JsonToken.VALUE_STRING) {
        throw new BadAttachmentException("Invalid attachment data for " + name);
      }
      int from = (int) parser.currentTokenLocation().getByteOffset() + 1;
      int to = from;
      while (json[to] != '"') {
        to += json[to] == '\\' ? 2 : 1;
      }
      return Optional.of(new InlineData(json, from, to));
    }
  }
}
