package org.skerry.fhir.search.execute;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.fhir.search.query.BadSearchException;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a page begins: behind a resource. It travels in links, and is good for as long as they are.
 *
 * @param seq the position of the feed at the first page: what was created since is on no page
 * @param keys by what the resource was sorted, a term for each key of the order; empty arrays stand
 *     for none
 * @param total how many there were at the first page, if that was said
 */
record Cursor(long seq, DocId id, List<ArrayNode> keys, OptionalLong total) {
  private static final JsonMapper JSON =
      JsonIn.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  Cursor {
    keys = List.copyOf(keys);
  }

  String encode() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("s", seq).put("i", id.text());
    if (!keys.isEmpty()) {
      keys.forEach(object.putArray("k")::add);
    }
    total.ifPresent(count -> object.put("t", count));
    byte[] json = object.toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /**
   * Reads one.
   *
   * @param keys how many the order has
   * @throws BadSearchException when it is none, or of another order
   */
  static Cursor decode(String text, int keys) {
    try {
      JsonNode object = JSON.readTree(Base64.getUrlDecoder().decode(text));
      List<ArrayNode> terms = new ArrayList<>();
      for (JsonNode key : object.path("k").values()) {
        terms.add((ArrayNode) key);
      }
      if (terms.size() != keys) {
        throw new IllegalArgumentException(terms.size() + " keys, and not " + keys);
      }
      OptionalLong total =
          object.has("t") ? OptionalLong.of(object.get("t").asLong()) : OptionalLong.empty();
      return new Cursor(
          object.path("s").asLong(), DocId.of(object.path("i").asString()), terms, total);
    } catch (IllegalArgumentException
        | ClassCastException
        | JacksonException
        | BadDocumentException e) {
      throw new BadSearchException(
          BadSearchException.Kind.INVALID,
          "the link names no page of this search: " + e.getMessage());
    }
  }

  /** Whether the resource behind it has nothing by which the order's first key could sort it. */
  boolean isWithoutKey() {
    return keys.getFirst().isEmpty();
  }

  static ArrayNode none() {
    return JsonNodeFactory.instance.arrayNode();
  }

  Optional<DocId> behind() {
    return Optional.of(DocumentStream.behind(id));
  }
}
