package org.skerry.exchange.client.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.BadDocumentException;
import org.skerry.document.BadDocumentException.Kind;
import org.skerry.document.DocumentLimits;
import org.skerry.document.DocumentReader;
import org.skerry.exchange.client.Version;
import org.skerry.fhir.resource.StampedBody;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A record as OpenMRS's REST API shows it, and as it wants it. */
final class RestRecord {
  static final String VOIDED = "voided";
  static final String RETIRED = "retired";

  /** Of the API's, not of the record: where it is, and who changed it when. */
  private static final Set<String> AROUND = Set.of("links", "resourceVersion", "auditInfo");

  /** What OpenMRS makes itself, and does not take. */
  private static final Set<String> MADE = Set.of("display", VOIDED, RETIRED, "uuid");

  /** What an object says that only refers to another. */
  private static final Set<String> REFERENCE = Set.of("uuid", "display");

  private static final JsonMapper MAPPER =
      JsonIn.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final ObjectNode json;

  private RestRecord(ObjectNode json) {
    this.json = json;
  }

  /**
   * Reads a record.
   *
   * @throws BadDocumentException when it is none
   */
  static RestRecord read(byte[] json) {
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode object) {
        return new RestRecord((ObjectNode) without(object));
      }
    } catch (JacksonException e) {
      throw new BadDocumentException(Kind.BAD_JSON, "it is no JSON");
    }
    throw new BadDocumentException(Kind.NOT_AN_OBJECT, "it is no object");
  }

  private static JsonNode without(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(
                member -> {
                  if (!AROUND.contains(member.getKey())) {
                    kept.set(member.getKey(), without(member.getValue()));
                  }
                });
        yield kept;
      }
      case ArrayNode array -> {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> kept.add(without(element)));
        yield kept;
      }
      default -> node;
    };
  }

  String uuid() {
    return json.path("uuid").asString("");
  }

  /** Whether it says of itself that it is no more. */
  boolean isVoided() {
    return json.path(VOIDED).asBoolean(false);
  }

  boolean isRetired() {
    return json.path(RETIRED).asBoolean(false);
  }

  private byte[] bytes() {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The version that this is; a voided record is none. */
  Version version(DocumentLimits limits) {
    String name = hash(bytes());
    return isVoided()
        ? Version.gone(name)
        : new Version(
            name, Optional.of(new StampedBody(DocumentReader.read(bytes(), limits).body(), 0, 0)));
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** All of it that OpenMRS takes, with its UUID: for one that is new there. */
  byte[] whole() {
    ObjectNode sent = taken(json);
    sent.put("uuid", uuid());
    return sent.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What of it differs from another version; nothing when nothing does that OpenMRS takes. */
  Optional<byte[]> changes(RestRecord base) {
    ObjectNode mine = taken(json);
    ObjectNode before = taken(base.json);
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    mine.properties()
        .forEach(
            member -> {
              if (!member.getValue().equals(before.get(member.getKey()))) {
                changes.set(member.getKey(), member.getValue());
              }
            });
    before.propertyNames().stream().filter(name -> !mine.has(name)).forEach(changes::putNull);
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(changes.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode taken(ObjectNode record) {
    ObjectNode sent = JsonNodeFactory.instance.objectNode();
    record
        .properties()
        .forEach(
            member -> {
              if (!MADE.contains(member.getKey())) {
                sent.set(member.getKey(), referring(member.getValue()));
              }
            });
    return sent;
  }

  /** References as UUIDs; parts of the record without what OpenMRS makes of them. */
  private static JsonNode referring(JsonNode node) {
    return switch (node) {
      case ObjectNode object
          when object.has("uuid") && REFERENCE.containsAll(object.propertyNames()) ->
          object.path("uuid");
      case ObjectNode object -> {
        ObjectNode sent = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(
                member -> {
                  if (!member.getKey().equals("display")) {
                    sent.set(member.getKey(), referring(member.getValue()));
                  }
                });
        yield sent;
      }
      case ArrayNode array -> {
        ArrayNode sent = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> sent.add(referring(element)));
        yield sent;
      }
      default -> node;
    };
  }
}
