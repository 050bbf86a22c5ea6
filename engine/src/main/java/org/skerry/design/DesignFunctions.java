package org.skerry.design;

import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.script.DesignScript;
import tools.jackson.databind.JsonNode;

/**
 * A design document with its functions.
 *
 * @param json the document, with {@code _id} and {@code _rev}
 * @param script its functions, which fail as a whole when it is written in another language
 */
public record DesignFunctions(DocId id, RevId rev, JsonNode json, DesignScript script) {
  /** As {@code couch_util:get_nested_json_value}: what is not there is not found. */
  void require(String... path) {
    JsonNode node = json;
    for (String step : path) {
      node = node.path(step);
      if (node.isMissingNode()) {
        throw new DesignMissingException("missing json key: " + step);
      }
    }
  }

  /** Refuses when there is no such filter. */
  public void requireFilter(String name) {
    require("filters", name);
  }

  /** Refuses when there is no such view. */
  public void requireView(String name) {
    require("views", name, "map");
  }

  /** Refuses when there is no such update function. */
  public void requireUpdate(String name) {
    require("updates", name);
  }
}
