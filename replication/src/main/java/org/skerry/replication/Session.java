package org.skerry.replication;

import java.util.List;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.LiveChanges;
import org.skerry.replication.peer.PeerException;

/**
 * One attempt, as a {@link Meeting} begins it: the stages of the pipeline, and what lies between
 * them. {@link Course} says which thread runs which stage; {@link #reached} and the checkpoints
 * belong to one thread.
 *
 * <pre>
 *   changes ─ page ─▶ revs diff ─ work ─▶ fetch ─ heaps ─▶ write ─ position ─▶ checkpoint
 * </pre>
 */
final class Session {
  private final Assignment assignment;
  private final Stages stages;
  private final ChangesReader changes;
  private final Positions positions;
  private final Watch watch;

  /** Both ends remember that all is done. */
  private final boolean over;

  /** Pages behind what is held of a feed that goes on for ever; the writing thread's. */
  private int heldPages;

  Session(
      Assignment assignment,
      Stages stages,
      ChangesReader changes,
      Positions positions,
      Watch watch,
      boolean over) {
    this.assignment = assignment;
    this.stages = stages;
    this.changes = changes;
    this.positions = positions;
    this.watch = watch;
    this.over = over;
  }

  /** Whether both ends remembered that everything is done: then no stage has anything to do. */
  boolean isOver() {
    return over;
  }

  /** Reads the next page. */
  ChangesPage read() {
    return changes.read();
  }

  /** Begins to wait for changes behind the last page. */
  LiveChanges follow() {
    return changes.follow();
  }

  /** There is nothing to do but to see how the ends are. */
  void idle() {
    watch.idle();
  }

  /** Changes come all the time. */
  void busy() {
    watch.busy();
  }

  /** How many changes go together. */
  int batchSize() {
    return assignment.batchSize().get();
  }

  Work find(ChangesPage page) {
    assignment.progress().lag().page(page, assignment.surroundings().clock().instant());
    return stages.finder().find(page);
  }

  Fetcher fetcher() {
    return stages.fetcher();
  }

  void write(List<FetchedRevision> heap) {
    stages.inserter().write(heap);
  }

  /**
   * Everything up to a position is at the target, or was refused by it, but for what is held.
   *
   * @throws PeerException where something is, and nothing comes behind it
   */
  void reached(String seq) {
    Lag lag = assignment.progress().lag();
    if (stages.settling().holds()) {
      if (lag.isEnd(seq) || lag.isCaughtUp() && ++heldPages > Tuning.EMPTY_PAGES) {
        stages.settling().end();
      }
      return;
    }
    positions.reached(seq);
    lag.reached(seq);
    stages.onTheWay().arrived(seq);
  }

  /** How long the next checkpoint has time. */
  Pause untilCheckpoint() {
    return positions.untilCheckpoint();
  }

  /** Writes a checkpoint if there is something to say and the last one is old enough. */
  void checkpointIfDue() {
    positions.checkpointIfDue();
  }

  /** Writes a checkpoint if there is something to say. */
  void checkpoint() {
    positions.checkpoint();
  }

  /**
   * The feed's end was reached, and everything up to there is done.
   *
   * @throws PeerException where something is held
   */
  void finish() {
    stages.settling().end();
    stages.apart().all();
    checkpoint();
  }

  /** It ends, because an end fails. Perhaps not over what is set apart any more. */
  void failed() {
    stages.apart().nextOfMany();
  }

  /** Whether a checkpoint says that anything got through. */
  boolean isRecorded() {
    return positions.isRecorded();
  }

  String done() {
    return positions.done();
  }

  String recorded() {
    return positions.recorded();
  }

  ReplicationSpec spec() {
    return assignment.spec();
  }

  Surroundings surroundings() {
    return assignment.surroundings();
  }

  /** Learns from a batch how large the next ones should be. */
  BatchSize sizes() {
    return assignment.batchSize();
  }

  ReplicationResult result() {
    return positions.result();
  }
}
