package org.skerry.audit;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.document.Excerpt;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event as a line of JSON, in UTF-8 and with a line feed at its end. */
final class AuditLine {
  private static final JsonMapper JSON = JsonIn.mapper();

  /** Longer texts are cut: names come from strangers. */
  private static final int LONGEST_TEXT = 1_000;

  private AuditLine() {}

  static byte[] write(long number, Instant time, AuditEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberProperty("seq", number);
      out.writeStringProperty("time", time.toString());
      out.writeStringProperty("action", event.action().text());
      event.actor().name().ifPresent(name -> out.writeStringProperty("user", cut(name)));
      event.actor().address().ifPresent(from -> out.writeStringProperty("address", cut(from)));
      out.writeStringProperty("subject", cut(event.subject()));
      if (!event.details().isEmpty()) {
        out.writeObjectPropertyStart("details");
        new TreeMap<>(event.details())
            .forEach((name, value) -> out.writeStringProperty(cut(name), cut(value)));
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static String cut(String text) {
    return Excerpt.of(text, LONGEST_TEXT);
  }

  /** The event of a line; nothing when a crash or somebody else left no event there. */
  static Optional<AuditRecord> read(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      Optional<AuditAction> action = AuditAction.of(json.path("action").asString(""));
      long number = json.path("seq").asLong(0);
      if (action.isEmpty() || number < 1) {
        return Optional.empty();
      }
      Map<String, String> details = new TreeMap<>();
      json.path("details")
          .properties()
          .forEach(detail -> details.put(detail.getKey(), detail.getValue().asString("")));
      return Optional.of(
          new AuditRecord(
              number,
              Instant.parse(json.path("time").asString("")),
              action.get(),
              new Actor(text(json, "user"), text(json, "address")),
              json.path("subject").asString(""),
              details));
    } catch (JacksonException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode json, String member) {
    return json.path(member).isString()
        ? Optional.of(json.path(member).asString())
        : Optional.empty();
  }
}
