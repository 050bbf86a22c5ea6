package org.skerry.search;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skerry.collation.ValueReader;
import org.skerry.document.Body;
import tools.jackson.databind.JsonNode;

/** The indexes that one design document defines, in its member {@code nouveau}. */
public final class DesignIndexes {
  private final String language;
  private final JsonNode indexes;

  private DesignIndexes(String language, JsonNode indexes) {
    this.language = language;
    this.indexes = indexes;
  }

  /** Those of a design document. */
  public static DesignIndexes of(Body design) {
    JsonNode root = ValueReader.read(design.json());
    return new DesignIndexes(root.path("language").asString("javascript"), root.path("nouveau"));
  }

  /**
   * The index of that name.
   *
   * @return nothing when there is none
   * @throws BadDefinitionException when it cannot be understood
   */
  public Optional<IndexDefinition> find(String name) {
    JsonNode index = indexes.get(name);
    if (!indexes.isObject() || index == null) {
      return Optional.empty();
    }
    if (!index.path("index").isString()) {
      throw new BadDefinitionException("index `" + name + "` must have parameter `index`");
    }
    return Optional.of(read(index));
  }

  private IndexDefinition read(JsonNode index) {
    TreeMap<String, String> analyzers = new TreeMap<>();
    JsonNode byField = index.path("field_analyzers");
    if (!byField.isMissingNode() && !byField.isObject()) {
      throw new BadDefinitionException("`field_analyzers` must be an object");
    }
    for (var entry : byField.properties()) {
      analyzers.put(entry.getKey(), analyzer(entry.getValue()));
    }
    JsonNode byDefault = index.path("default_analyzer");
    return new IndexDefinition(
        language,
        index.path("index").asString(),
        byDefault.isMissingNode() ? "standard" : analyzer(byDefault),
        analyzers);
  }

  private static String analyzer(JsonNode name) {
    if (!name.isString()) {
      throw new BadDefinitionException("an analyzer must be named by a string");
    }
    return name.asString();
  }

  /** The signatures of all that can be understood. */
  public Set<String> signatures() {
    Set<String> signatures = new HashSet<>();
    if (indexes.isObject()) {
      for (String name : indexes.propertyNames()) {
        try {
          find(name).map(IndexDefinition::signature).ifPresent(signatures::add);
        } catch (BadDefinitionException e) {
          // What cannot be understood has no index.
          continue;
        }
      }
    }
    return signatures;
  }

  /** A design document whose definition of an index cannot be understood. */
  public static final class BadDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadDefinitionException(String message) {
      super(message, null, false, false);
    }
  }
}
