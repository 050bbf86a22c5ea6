package org.skerry.postgres.row;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.json.JsonIn;
import org.skerry.postgres.mapping.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** PostgreSQL's texts as JSON's, and back. */
final class Values {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final HexFormat HEX = HexFormat.of();
  private static final HexFormat ESCAPES = HEX.withUpperCase();

  /** JSON's grammar for numbers; PostgreSQL also says NaN and Infinity. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  private static final Pattern TIMESTAMP =
      Pattern.compile("(\\d{4,}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)(.*)");

  private Values() {}

  /** What a type's values are, where a mapping does not say otherwise. */
  static Kind kind(String type) {
    return switch (type) {
      case "int2", "int4", "int8", "numeric", "float4", "float8", "oid" -> Kind.NUMBER;
      case "bool" -> Kind.BOOLEAN;
      case "json", "jsonb" -> Kind.JSON;
      case "bytea" -> Kind.BYTES;
      case "timestamp" -> Kind.TIMESTAMP;
      case "timestamptz" -> Kind.INSTANT;
      default -> Arrays.isArray(type) ? Kind.ARRAY : Kind.TEXT;
    };
  }

  /**
   * A value as JSON's text.
   *
   * @param type the column's, by PostgreSQL's short name
   */
  static String json(Kind kind, String type, String text) {
    return switch (kind) {
      case NUMBER -> NUMBER.matcher(text).matches() ? text : quoted(text);
      case BOOLEAN -> isTrue(text) ? "true" : isFalse(text) ? "false" : quoted(text);
      case JSON -> isJson(text) ? text.strip() : quoted(text);
      case BYTES -> quoted(base64(text));
      case TIMESTAMP -> quoted(timestamp(text));
      case INSTANT -> quoted(Moments.instant(text).orElse(text));
      case ARRAY ->
          Optional.of(text)
              .filter(array -> Arrays.isArray(type))
              .flatMap(array -> Arrays.json(type, array))
              .orElseGet(() -> quoted(text));
      case TEXT -> quoted(text);
    };
  }

  /** JSON's string of a text. */
  static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        default -> {
          if (c < ' ') {
            json.append("\\u00").append(ESCAPES.toHighHexDigit(c)).append(ESCAPES.toLowHexDigit(c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }

  private static boolean isTrue(String text) {
    return text.equals("t") || text.equals("true");
  }

  private static boolean isFalse(String text) {
    return text.equals("f") || text.equals("false");
  }

  /** A text column may be said to hold JSON, and hold something else. */
  private static boolean isJson(String text) {
    try {
      return !MAPPER.readTree(text).isMissingNode();
    } catch (JacksonException e) {
      return false;
    }
  }

  private static String base64(String text) {
    return text.startsWith("\\x")
        ? Base64.getEncoder().encodeToString(HEX.parseHex(text.substring(2)))
        : text;
  }

  private static String timestamp(String text) {
    Matcher matcher = TIMESTAMP.matcher(text);
    return matcher.matches() && matcher.group(3).isEmpty()
        ? matcher.group(1) + "T" + matcher.group(2)
        : text;
  }

  /**
   * A member as PostgreSQL reads it.
   *
   * @param type the column's, by PostgreSQL's short name
   * @param json the member's raw JSON, not null
   * @throws UnfitValueException when no such column can hold it
   */
  static String text(Kind kind, String type, String json) {
    if (kind == Kind.JSON) {
      return json;
    }
    if (kind == Kind.ARRAY && json.charAt(0) == '[' && Arrays.isArray(type)) {
      return Arrays.text(type, json);
    }
    if (json.charAt(0) != '"') {
      // Numbers keep their digits; what is no text where a text belongs is told by PostgreSQL.
      return json;
    }
    JsonNode node = MAPPER.readTree(json);
    String text = node.stringValue();
    if (text.indexOf('\0') >= 0) {
      throw new UnfitValueException("holds the character U+0000, which PostgreSQL cannot keep");
    }
    return switch (kind) {
      case BYTES -> hex(text);
      case INSTANT, TIMESTAMP, TEXT, NUMBER, BOOLEAN, JSON, ARRAY -> text;
    };
  }

  private static String hex(String base64) {
    try {
      return "\\x" + HEX.formatHex(Base64.getDecoder().decode(base64)).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new UnfitValueException("must be bytes in base64");
    }
  }
}
