package org.skerry.exchange;

import java.util.Comparator;
import org.skerry.document.Body;
import org.skerry.fhir.resource.StampedBody;
import org.skerry.json.JsonIn;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether the partner's version says what a revision here says. A server may write members in
 * another order than it got them, and adds its version and time: neither is a change. Numbers are
 * the same when their digits are.
 */
final class SameContent {
  private static final JsonMapper MAPPER =
      JsonIn.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final Comparator<JsonNode> BY_TEXT =
      (one, other) -> one.toString().compareTo(other.toString());

  private SameContent() {}

  static boolean is(StampedBody theirs, Body ours) {
    return theirs.saysSameAs(ours) || content(theirs.body()).equals(BY_TEXT, content(ours));
  }

  private static JsonNode content(Body body) {
    JsonNode json = MAPPER.readTree(body.json());
    if (json instanceof ObjectNode object && object.path("meta") instanceof ObjectNode meta) {
      meta.remove("versionId");
      meta.remove("lastUpdated");
      if (meta.isEmpty()) {
        object.remove("meta");
      }
    }
    return json;
  }
}
