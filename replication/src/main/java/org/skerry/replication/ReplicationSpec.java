package org.skerry.replication;

import java.time.Duration;
import java.util.Optional;
import org.skerry.database.Author;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Selection;
import tools.jackson.databind.JsonNode;

/**
 * What somebody wants replicated.
 *
 * @param live whether to go on when all is there ({@code continuous})
 * @param createTarget whether to create the target when it does not exist
 * @param winnersOnly whether of each document only the winner is taken ({@code winning_revs_only})
 * @param sinceSeq where to begin when there is no checkpoint of this replication yet
 * @param useCheckpoints whether checkpoints are read and written
 * @param checkpointInterval the time between two checkpoints
 */
public record ReplicationSpec(
    Endpoint source,
    Endpoint target,
    Selection selection,
    boolean live,
    boolean createTarget,
    boolean winnersOnly,
    Optional<String> sinceSeq,
    boolean useCheckpoints,
    Duration checkpointInterval) {

  /** Everything, once. */
  public static ReplicationSpec of(Endpoint source, Endpoint target) {
    return new ReplicationSpec(
        source,
        target,
        Selection.EVERYTHING,
        false,
        false,
        false,
        Optional.empty(),
        true,
        Tuning.CHECKPOINT_INTERVAL);
  }

  /**
   * Reads the body of {@code _replicate}, or a document of {@code _replicator}. Members that are
   * not known are passed over, as CouchDB does; {@code cancel} and {@code replication_id} are
   * {@link ReplicationRequest}'s.
   *
   * @throws InvalidReplicationException with all that is wrong
   */
  public static ReplicationSpec parse(JsonNode json) {
    return new SpecReader(json).read();
  }

  /** The same, going on when all is there. */
  public ReplicationSpec continuous() {
    return new ReplicationSpec(
        source,
        target,
        selection,
        true,
        createTarget,
        winnersOnly,
        sinceSeq,
        useCheckpoints,
        checkpointInterval);
  }

  /** The same, creating the target. */
  public ReplicationSpec creatingTarget() {
    return new ReplicationSpec(
        source,
        target,
        selection,
        live,
        true,
        winnersOnly,
        sinceSeq,
        useCheckpoints,
        checkpointInterval);
  }

  /** The same with a part of the documents. */
  public ReplicationSpec selecting(Selection part) {
    return new ReplicationSpec(
        source,
        target,
        part,
        live,
        createTarget,
        winnersOnly,
        sinceSeq,
        useCheckpoints,
        checkpointInterval);
  }

  /** The same from the start, whatever was passed before, and without noting how far it came. */
  public ReplicationSpec withoutCheckpoints() {
    return new ReplicationSpec(
        source,
        target,
        selection,
        live,
        createTarget,
        winnersOnly,
        sinceSeq,
        false,
        checkpointInterval);
  }

  /** The same in somebody's name: databases of this node are read and written by that author. */
  public ReplicationSpec by(Author author) {
    return new ReplicationSpec(
        by(author, source),
        by(author, target),
        selection,
        live,
        createTarget,
        winnersOnly,
        sinceSeq,
        useCheckpoints,
        checkpointInterval);
  }

  private static Endpoint by(Author author, Endpoint end) {
    return end instanceof Endpoint.Local here ? new Endpoint.Local(here.name(), author) : end;
  }
}
