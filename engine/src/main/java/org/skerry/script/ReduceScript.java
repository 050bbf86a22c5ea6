package org.skerry.script;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** One reduce function. For one thread at a time. */
public interface ReduceScript extends AutoCloseable {
  /**
   * Reduces rows.
   *
   * @param keys pairs of key and id, as CouchDB hands them over
   * @throws ScriptException when the function throws, or uses more than it may
   */
  JsonNode reduce(List<JsonNode> keys, List<JsonNode> values);

  /** Reduces what was reduced. */
  JsonNode rereduce(List<JsonNode> values);

  @Override
  void close();
}
