package org.skerry.replication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.replication.peer.Refusal;

/**
 * How a replication stands at one moment.
 *
 * @param id base and extension
 * @param origin who wants it
 * @param source how the source is called, without credentials
 * @param target how the target is called, without credentials
 * @param live whether it goes on when all is there
 * @param startedAt when it was begun
 * @param since when it came into its state
 * @param counts what it did since it was begun
 * @param pending changes at the source that the target has not yet, read or not; -1 when it does
 *     not say
 * @param behindSince since when the target lacks something, as far as this node knows
 * @param perSecond revisions written a second, over its whole life
 * @param doneSeq the source's position up to which everything is done
 * @param checkpointedSeq the source's position of the last checkpoint
 * @param lastError why it did not go on the last time, if ever
 * @param refusals the documents that were not written
 */
public record ReplicationStatus(
    ReplicationId id,
    Origin origin,
    String source,
    String target,
    boolean live,
    Replication.State state,
    Instant startedAt,
    Instant since,
    Counts counts,
    long pending,
    Optional<Instant> behindSince,
    double perSecond,
    String doneSeq,
    String checkpointedSeq,
    Optional<String> lastError,
    List<Refusal> refusals) {

  /**
   * The same, with what earlier runs of the same job did.
   *
   * @param lagging since when the target lacked something when the last of them ended
   */
  public ReplicationStatus after(Counts before, Optional<Instant> lagging) {
    boolean never = behindSince.equals(Optional.of(startedAt));
    return new ReplicationStatus(
        id,
        origin,
        source,
        target,
        live,
        state,
        startedAt,
        since,
        counts.plus(before),
        pending,
        never ? lagging.or(() -> behindSince) : behindSince,
        perSecond,
        doneSeq,
        checkpointedSeq,
        lastError,
        refusals);
  }

  /** The same, and who wants it. */
  ReplicationStatus of(Origin who) {
    return new ReplicationStatus(
        id,
        who,
        source,
        target,
        live,
        state,
        startedAt,
        since,
        counts,
        pending,
        behindSince,
        perSecond,
        doneSeq,
        checkpointedSeq,
        lastError,
        refusals);
  }
}
