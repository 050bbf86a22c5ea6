package org.skerry.replication.schedule;

import java.util.Optional;
import org.skerry.replication.ReplicationStatus;
import tools.jackson.databind.JsonNode;

/**
 * How a document's replication stands, for {@code _scheduler/docs}.
 *
 * @param id the replication's, once it is known
 * @param source how the source is called, without credentials
 * @param target how the target is called, without credentials
 * @param sourceProxy through which the source is reached, without its password
 * @param targetProxy through which the target is reached, without its password
 * @param errors failures in a row
 * @param startTime as it is written for clients
 * @param lastUpdated as it is written for clients
 */
public record DocumentStatus(
    String database,
    String document,
    Optional<String> id,
    Optional<String> source,
    Optional<String> target,
    Optional<String> sourceProxy,
    Optional<String> targetProxy,
    JobState state,
    Info info,
    int errors,
    Optional<String> startTime,
    Optional<String> lastUpdated) {

  /** What there is to say. */
  public sealed interface Info {
    /** Nothing yet. */
    record None() implements Info {}

    /** How far it is. */
    record Progress(ReplicationStatus run) implements Info {}

    /** What the document says about how it went. */
    record Kept(JsonNode stats) implements Info {}

    /** What is wrong. */
    record Failure(String reason) implements Info {}
  }
}
