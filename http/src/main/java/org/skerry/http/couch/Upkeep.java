package org.skerry.http.couch;

import java.util.Map;
import org.skerry.http.couch.stats.Stats;

/**
 * What the API needs to tell of the node in which it runs.
 *
 * @param versions what the node is made of, by part and member
 */
public record Upkeep(NodeState state, Stats stats, Map<String, Map<String, String>> versions) {
  public Upkeep {
    versions = Map.copyOf(versions);
  }

  /** Of a node that works and tells nothing else. */
  public static Upkeep plain() {
    return new Upkeep(NodeState.working(), new Stats(), Map.of());
  }
}
