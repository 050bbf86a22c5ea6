package org.skerry.conflict.merge;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.skerry.collation.ValueReader;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * JSON for merging: scalars keep the text in which they were written, members their order. Equality
 * is that of the values: numbers by what they are, objects whatever the order of their members.
 */
public sealed interface Json {
  /** An object. */
  record Members(Map<String, Json> members) implements Json {
    /** An object without members. */
    public static final Members NONE = new Members(Map.of());

    public Members {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /** An array. */
  record Items(List<Json> items) implements Json {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** Everything else, and what is nested too deeply to be merged by parts. */
  final class Scalar implements Json {
    private final String text;
    private final Object value;

    /**
     * A scalar.
     *
     * @param text as it was written
     * @param value what it is, equal for texts of the same value
     */
    Scalar(String text, Object value) {
      this.text = text;
      this.value = value;
    }

    /** As it was written. */
    public String text() {
      return text;
    }

    Object value() {
      return value;
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Scalar other && value.equals(other.value);
    }

    @Override
    public int hashCode() {
      return Objects.hash(value);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Reads trusted JSON. */
  static Json read(byte[] json) {
    return new JsonReading(json).read();
  }

  /** A value that somebody else read. */
  static Json of(JsonNode node) {
    return read(node.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the value. */
  default void write(JsonGenerator out) {
    switch (this) {
      case Members object -> {
        out.writeStartObject();
        object.members.forEach(
            (name, value) -> {
              out.writeName(name);
              value.write(out);
            });
        out.writeEndObject();
      }
      case Items array -> {
        out.writeStartArray();
        array.items.forEach(item -> item.write(out));
        out.writeEndArray();
      }
      case Scalar scalar -> out.writeRawValue(scalar.text);
    }
  }

  /** The value in UTF-8. */
  default byte[] bytes() {
    return JsonOut.bytes(this::write);
  }

  /** The value as others compare it. */
  default JsonNode node() {
    return ValueReader.read(bytes());
  }
}
