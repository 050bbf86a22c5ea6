package org.skerry.fulltext;

import java.text.NumberFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.queryparser.flexible.standard.config.PointsConfig;
import org.skerry.json.JsonIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The type of each field of an index. The first document that has a field decides; queries, orders
 * and counts depend on it, so it is kept in the commits. Any thread may call.
 */
final class FieldTypes {
  /** More fields than that are a function that makes names of data; Lucene keeps all of them. */
  static final int MAX_FIELDS = 1_000;

  private static final JsonMapper MAPPER = JsonIn.mapper();

  /** What a field can be asked. */
  enum Type {
    STRING,
    TEXT,
    DOUBLE,
    STORED
  }

  private final Map<String, Type> types = new ConcurrentHashMap<>();

  FieldTypes() {
    types.put(LuceneDocuments.ID, Type.STRING);
  }

  /** Those that {@link #json} wrote. */
  static FieldTypes parse(String json) {
    FieldTypes known = new FieldTypes();
    for (Map.Entry<String, JsonNode> entry : MAPPER.readTree(json).properties()) {
      known.types.put(
          entry.getKey(), Type.valueOf(entry.getValue().asString().toUpperCase(Locale.ROOT)));
    }
    return known;
  }

  /** All types, in a fixed order. */
  String json() {
    Map<String, String> names = new TreeMap<>();
    types.forEach((field, type) -> names.put(field, type.name().toLowerCase(Locale.ROOT)));
    return MAPPER.writeValueAsString(names);
  }

  Optional<Type> of(String field) {
    return Optional.ofNullable(types.get(field));
  }

  /**
   * Notes the fields of a document.
   *
   * @throws SkippedDocumentException when one of them has another type already
   */
  void admit(List<IndexedField> fields) {
    for (IndexedField field : fields) {
      Type type = type(field);
      Type known = types.get(field.name());
      if (known == null) {
        if (types.size() > MAX_FIELDS) {
          throw new SkippedDocumentException(
              "the index has "
                  + MAX_FIELDS
                  + " fields already, and none is called "
                  + field.name());
        }
        known = types.putIfAbsent(field.name(), type);
      }
      if (known != null && known != type) {
        throw new SkippedDocumentException(
            "field "
                + field.name()
                + " is of type "
                + known.name().toLowerCase(Locale.ROOT)
                + " not "
                + type.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static Type type(IndexedField field) {
    return switch (field) {
      case IndexedField.Text text -> Type.TEXT;
      case IndexedField.Keyword keyword -> Type.STRING;
      case IndexedField.Real real -> Type.DOUBLE;
      case IndexedField.StoredText stored -> Type.STORED;
      case IndexedField.StoredReal stored -> Type.STORED;
    };
  }

  /** How the query parser reads the numbers of number fields. */
  Map<String, PointsConfig> points(NumberFormat format) {
    PointsConfig config = new PointsConfig(format, Double.class);
    Map<String, PointsConfig> points = new HashMap<>();
    types.forEach(
        (field, type) -> {
          if (type == Type.DOUBLE) {
            points.put(field, config);
          }
        });
    return points;
  }
}
