package org.skerry.replication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.PeerInfo;

/**
 * How a session begins: both peers are met and say what they remember. Where both remember that
 * everything is done they are not asked for more than that: most of what a schedule begins finds
 * nothing new. So the peers are asked in this order, and no further than it takes:
 *
 * <ol>
 *   <li>the source for its checkpoint, where that may be enough;
 *   <li>the source for itself, its filter function and its checkpoint;
 *   <li>the target for itself, and for its checkpoint.
 * </ol>
 *
 * <p>Each session has one of its own, in the thread that runs the replication, before any stage
 * runs.
 */
final class Meeting {
  private final Assignment assignment;
  private final Peer source;
  private final Peer target;
  private final ReplicationSpec spec;
  private final Progress progress;
  private final Checkpointer checkpointer;

  /** Others where the source knows the target as a site. */
  private Stages stages;

  private Optional<FilterFunction> filter = Optional.empty();

  /** Where the source's feed ended when it was met; nothing where that is not known for sure. */
  private Optional<String> end = Optional.empty();

  private String start = ChangesQuery.START;

  Meeting(Assignment assignment) {
    this.assignment = assignment;
    this.source = assignment.source();
    this.target = assignment.target();
    this.spec = assignment.spec();
    this.progress = assignment.progress();
    Surroundings surroundings = assignment.surroundings();
    this.checkpointer = new Checkpointer(source, target, surroundings.newId(), surroundings);
    this.stages = Stages.between(source, target, progress);
  }

  /**
   * Meets them.
   *
   * @param since where to begin when they remember nothing; they remember it from then on
   */
  Session open(Optional<String> since) {
    boolean over = isDoneAtFirstSight() || isDoneAtSource();
    if (over) {
      start = end.orElseThrow();
    } else {
      meetTarget(since);
    }
    RefusedBefore.forget(target, progress);
    Instant now = assignment.surroundings().clock().instant();
    Lag lag = progress.lag();
    lag.begins();
    if (over) {
      lag.page(new ChangesPage(List.of(), start, 0, true), now);
      lag.reached(start);
    }
    return new Session(
        assignment,
        stages,
        new ChangesReader(source, spec, assignment.batchSize(), start, end),
        new Positions(assignment, checkpointer, filter, start, now),
        new Watch(assignment, checkpointer, filter, stages.apart(), now),
        over);
  }

  /**
   * A source that says with its checkpoint where its feed ends need not be asked for anything else
   * where that is where the checkpoint stands. What a filter function lets pass depends on its
   * text, which names the checkpoint.
   */
  private boolean isDoneAtFirstSight() {
    if (FilterFunction.named(spec.selection()).isPresent() || !mayBeDone()) {
      return false;
    }
    readCheckpoint();
    end = checkpointer.sourceEnd();
    return isDone();
  }

  /** Meets the source. */
  private boolean isDoneAtSource() {
    Optional<String> judged = end;
    PeerInfo from = source.info().orElseThrow(() -> absent(source));
    from.site().ifPresent(site -> stages = Stages.toSite(source, target.asSite(site), progress));
    // A site's feed may grow without a change behind it; the start is also what a peer that says
    // nothing is taken to say.
    end =
        Optional.of(from.updateSeq())
            .filter(seq -> from.site().isEmpty() && !seq.equals(ChangesQuery.START));
    filter = FilterFunction.read(source, spec.selection());
    if (spec.useCheckpoints()) {
      if (end.filter(Meeting::isMereNumber).isPresent()) {
        checkpointer.forget();
      }
      readCheckpoint();
    }
    return !end.equals(judged) && isDone();
  }

  private void readCheckpoint() {
    checkpointer.remember(assignment.id().checkpoint(filter.map(FilterFunction::text)));
  }

  /**
   * A source that was created anew since its checkpoint was read may have come to the same number
   * (PouchDB, CouchDB 1); it has no checkpoint then. Other positions say whose they are.
   */
  private static boolean isMereNumber(String seq) {
    return seq.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** A live one goes on, and has to know the target that it met. */
  private boolean mayBeDone() {
    return spec.useCheckpoints() && !spec.live();
  }

  private boolean isDone() {
    return mayBeDone() && end.filter(checkpointer::isDone).isPresent();
  }

  private void meetTarget(Optional<String> since) {
    checkpointer.meet(target());
    if (spec.useCheckpoints()) {
      start = checkpointer.open();
      if (start.equals(ChangesQuery.START)) {
        progress.beginsAnew();
      }
    }
    if (start.equals(ChangesQuery.START) && since.isPresent()) {
      beginAt(since.get());
    }
  }

  private PeerInfo target() {
    Optional<PeerInfo> info = target.info();
    if (info.isEmpty() && spec.createTarget()) {
      target.create();
      info = target.info();
    }
    return info.orElseThrow(() -> absent(target));
  }

  private void beginAt(String seq) {
    start = seq;
    checkpointer.startAt(seq);
    if (spec.useCheckpoints()) {
      checkpointer.write(seq, Counts.NONE);
    }
  }

  private static PeerException absent(Peer peer) {
    return new PeerException(
        Kind.NO_DATABASE,
        "could not open " + peer.name() + ": there is no such database, or no right to see it");
  }
}
