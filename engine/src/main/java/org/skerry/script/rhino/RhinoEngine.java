package org.skerry.script.rhino;

import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mozilla.javascript.Context;
import org.skerry.script.DesignScript;
import org.skerry.script.LargeCall;
import org.skerry.script.MapScript;
import org.skerry.script.ReduceScript;
import org.skerry.script.ScriptEngine;
import org.skerry.script.ScriptLimits;
import org.skerry.script.guard.ScriptThread;
import tools.jackson.databind.JsonNode;

/** Functions on Rhino. */
public final class RhinoEngine implements ScriptEngine {
  private final Sandbox sandbox;

  /**
   * An engine.
   *
   * @param large which of its calls may take much memory
   */
  public RhinoEngine(Supplier<ScriptLimits> limits, LargeCall large) {
    if (!origin(Context.class).equals(origin(ScriptThread.class))) {
      throw new IllegalStateException(
          "another Rhino stands before skerry-rhino on the class path, whose loops ask nobody: "
              + origin(Context.class).map(CodeSource::getLocation));
    }
    this.sandbox = new Sandbox(limits, large);
  }

  @Override
  public MapScript maps(List<String> sources, Optional<JsonNode> lib, String host) {
    return new RhinoMaps(sandbox, sources, lib, host);
  }

  @Override
  public ReduceScript reduce(String source) {
    return new RhinoReduce(sandbox, source);
  }

  private static Optional<CodeSource> origin(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource());
  }

  @Override
  public DesignScript design(JsonNode design) {
    return new RhinoDesign(sandbox, design);
  }
}
