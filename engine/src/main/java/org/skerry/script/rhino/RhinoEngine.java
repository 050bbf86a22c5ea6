package org.skerry.script.rhino;

import java.util.List;
import java.util.Optional;
import org.skerry.script.DesignScript;
import org.skerry.script.MapScript;
import org.skerry.script.ReduceScript;
import org.skerry.script.ScriptEngine;
import org.skerry.script.ScriptLimits;
import tools.jackson.databind.JsonNode;

/** Functions on Rhino. */
public final class RhinoEngine implements ScriptEngine {
  private final Sandbox sandbox;

  public RhinoEngine(ScriptLimits limits) {
    this.sandbox = new Sandbox(limits);
  }

  @Override
  public MapScript maps(List<String> sources, Optional<JsonNode> lib, String host) {
    return new RhinoMaps(sandbox, sources, lib, host);
  }

  @Override
  public ReduceScript reduce(String source) {
    return new RhinoReduce(sandbox, source);
  }

  @Override
  public DesignScript design(JsonNode design) {
    return new RhinoDesign(sandbox, design);
  }
}
