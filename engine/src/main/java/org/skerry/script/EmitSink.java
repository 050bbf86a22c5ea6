package org.skerry.script;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Takes what functions emit for one document, on the thread on which they run. A function's rows
 * come when it has ended well.
 */
public interface EmitSink {
  /**
   * One call of the host function.
   *
   * @param function which of the script's functions, from 0
   * @param arguments for {@code emit} always key and value; what is no JSON is null
   */
  void emit(int function, List<JsonNode> arguments);

  /** A function failed; it emitted nothing for this document. The others go on. */
  void failed(int function, ScriptException why);
}
