package org.skerry.conflict;

import java.util.List;
import java.util.Optional;
import org.skerry.script.ReduceScript;
import org.skerry.script.Scripts;
import tools.jackson.databind.JsonNode;

/**
 * A policy's JavaScript of (ancestor, leaves). It runs where reductions run, within the same
 * bounds, and without a clock and without chance: two nodes must come to the same. Any thread; one
 * at a time.
 */
final class SettlingFunction implements AutoCloseable {
  /**
   * In strict mode a function has no {@code this} by which to reach the globals that are hidden.
   */
  private static final String FRAME =
      "function (ancestor, leaves) { 'use strict';"
          + " var sure = {};"
          + " Object.getOwnPropertyNames(Math).forEach(function (name) {"
          + " if (name !== 'random') { sure[name] = Math[name]; } });"
          + " return (function (Math, Date) { return (%s\n); })(sure)(ancestor[0], leaves); }";

  private final ReduceScript script;

  private SettlingFunction(ReduceScript script) {
    this.script = script;
  }

  /**
   * Compiles it.
   *
   * @throws org.skerry.script.ScriptException when it is no function
   */
  static SettlingFunction compile(Scripts scripts, String source) {
    return new SettlingFunction(scripts.reduce(FRAME.replace("%s", source)));
  }

  /**
   * What it makes of a conflict; nothing when it leaves that to a person.
   *
   * @throws org.skerry.script.ScriptException when it fails
   */
  synchronized Optional<JsonNode> settle(JsonNode ancestor, List<JsonNode> leaves) {
    JsonNode result = script.reduce(List.of(ancestor), leaves);
    return result.isObject() ? Optional.of(result) : Optional.empty();
  }

  @Override
  public void close() {
    script.close();
  }
}
