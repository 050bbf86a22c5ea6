package org.skerry.replication.peer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which documents a replication takes. The source decides; the words are those of {@code _changes}.
 */
public sealed interface Selection {
  /** All of them. */
  Selection EVERYTHING = new Everything();

  /** All documents. */
  record Everything() implements Selection {}

  /** The documents named ({@code doc_ids}), in order and without repetition. */
  record DocIds(List<String> ids) implements Selection {
    public DocIds {
      ids = ids.stream().distinct().sorted().toList();
    }
  }

  /** Those that a selector matches. */
  record BySelector(JsonNode selector) implements Selection {}

  /**
   * Those that pass a filter at the source: {@code design/name}, or a built-in one such as {@code
   * _design}.
   *
   * @param parameters what the filter is told ({@code query_params})
   */
  record ByFilter(String name, Map<String, String> parameters) implements Selection {
    public ByFilter {
      parameters = Map.copyOf(parameters);
    }

    /** The function's name, unless the filter is a built-in one. */
    public Optional<FilterName> function() {
      int slash = name.indexOf('/');
      return slash < 0
          ? Optional.empty()
          : Optional.of(new FilterName(name.substring(0, slash), name.substring(slash + 1)));
    }
  }
}
