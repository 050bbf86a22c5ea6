package org.skerry.script;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Compiles and runs functions on the thread that calls, which is a thread for scripts. All methods
 * throw {@link ScriptException} of kind {@code COMPILE}.
 */
public interface ScriptEngine {
  /** Functions that emit, through a host function of that name. */
  MapScript maps(List<String> sources, Optional<JsonNode> lib, String host);

  ReduceScript reduce(String source);

  DesignScript design(JsonNode design);
}
