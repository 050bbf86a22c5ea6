package org.skerry.script;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.skerry.script.rhino.RhinoEngine;
import tools.jackson.databind.JsonNode;

/**
 * A node's JavaScript. Any thread may call; what it makes says for itself how many threads may use
 * it.
 */
public final class Scripts implements AutoCloseable {
  private static final String EMIT = "emit";

  private final LargeCall large = new LargeCall();
  private final ScriptThreads threads;

  /** Volatile: an administrator may set others, which the next call finds. */
  private volatile ScriptLimits limits;

  private @Nullable ScriptEngine engine;

  public Scripts(ScriptLimits limits) {
    this.limits = limits;
    this.threads = new ScriptThreads(() -> this.limits, large::turns);
  }

  /** Sets other limits for calls from now on; stack and number of threads stay as they are. */
  public void limits(ScriptLimits other) {
    limits = other;
  }

  /** Loaded when it is first used, which most nodes never do at their start. */
  private synchronized ScriptEngine engine() {
    ScriptEngine known = engine;
    if (known == null) {
      known = new RhinoEngine(() -> limits, large);
      engine = known;
    }
    return known;
  }

  /**
   * Map functions that share their library ({@code views.lib}), which they {@code require}.
   *
   * @throws ScriptException of kind {@code COMPILE}, for the first that is no function
   */
  public MapScript maps(List<String> sources, Optional<JsonNode> lib) {
    return maps(sources, lib, EMIT);
  }

  /** As map functions, with a host function of another name: {@code index} for full text. */
  public MapScript maps(List<String> sources, Optional<JsonNode> lib, String host) {
    return new MapsElsewhere(threads, threads.call(() -> engine().maps(sources, lib, host)));
  }

  /**
   * A reduce function.
   *
   * @throws ScriptException of kind {@code COMPILE} when it is none
   */
  public ReduceScript reduce(String source) {
    return new ReduceElsewhere(threads, threads.call(() -> engine().reduce(source)));
  }

  /**
   * The functions of a design document; each is compiled when it is first called, and {@code
   * require} finds modules in the whole document.
   */
  public DesignScript design(JsonNode design) {
    return new DesignElsewhere(threads, threads.call(() -> engine().design(design)));
  }

  /**
   * Makes threads on which scripts run without being handed over to another one. For workers that
   * run them all the time.
   */
  public ThreadFactory threads() {
    return threads.factory();
  }

  /** Ends what runs; nothing is compiled or run any more. */
  @Override
  public void close() {
    threads.close();
  }

  private record MapsElsewhere(ScriptThreads threads, MapScript script) implements MapScript {
    @Override
    public void run(byte[] document, EmitSink sink) {
      threads.call(
          () -> {
            script.run(document, sink);
            return true;
          });
    }

    @Override
    public void close() {
      script.close();
    }
  }

  private record ReduceElsewhere(ScriptThreads threads, ReduceScript script)
      implements ReduceScript {
    @Override
    public JsonNode reduce(List<JsonNode> keys, List<JsonNode> values) {
      return threads.call(() -> script.reduce(keys, values));
    }

    @Override
    public JsonNode rereduce(List<JsonNode> values) {
      return threads.call(() -> script.rereduce(values));
    }

    @Override
    public void close() {
      script.close();
    }
  }

  private record DesignElsewhere(ScriptThreads threads, DesignScript script)
      implements DesignScript {
    @Override
    public void validate(
        byte[] document, Optional<byte[]> previous, JsonNode userCtx, JsonNode secObj) {
      threads.call(
          () -> {
            script.validate(document, previous, userCtx, secObj);
            return true;
          });
    }

    @Override
    public List<Boolean> filter(String name, List<byte[]> documents, JsonNode request) {
      return threads.call(() -> script.filter(name, documents, request));
    }

    @Override
    public List<Boolean> filterByView(String name, List<byte[]> documents) {
      return threads.call(() -> script.filterByView(name, documents));
    }

    @Override
    public Updated update(String name, Optional<byte[]> document, JsonNode request) {
      return threads.call(() -> script.update(name, document, request));
    }

    @Override
    public void close() {
      script.close();
    }
  }
}
