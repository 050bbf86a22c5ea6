package org.skerry.http.couch;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.skerry.http.couch.stats.Stats;

/**
 * What the API needs to tell of the node in which it runs.
 *
 * @param versions what the node is made of, by part and member
 * @param checkpoints folder for copies on their way to a backup; nothing for a node that keeps no
 *     files
 */
public record Upkeep(
    NodeState state,
    Stats stats,
    Map<String, Map<String, String>> versions,
    Optional<Path> checkpoints) {
  public Upkeep {
    versions = Map.copyOf(versions);
  }

  /** Of a node that works and tells nothing else. */
  public static Upkeep plain() {
    return new Upkeep(NodeState.working(), new Stats(), Map.of(), Optional.empty());
  }
}
