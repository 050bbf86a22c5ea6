package org.skerry.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.RevId;

/**
 * A replication that one node runs between itself and another, from one to the other, over and
 * over.
 */
final class SimulatedLink {
  private final SimulatedNode runner;
  private final SimulatedNode source;
  private final SimulatedNode target;
  private final Peer sourcePeer;
  private final Peer targetPeer;
  private final ReplicationSpec spec;
  private final ReplicationId id;
  private final DocId kept;
  private final Surroundings surroundings;
  private final SimulatedTurns turns;

  /** Looked at after every event, and seldom new. */
  private final Map<Body, Optional<Checkpoint>> parsed = new HashMap<>();

  private final Kept refusals = new Kept();
  private Replication replication;

  /** Stays when the process ends. */
  private static final class Kept implements RefusalLog {
    private List<Refusal> last = List.of();

    @Override
    public void save(String id, String source, String target, List<Refusal> refused) {
      last = refused;
    }

    @Override
    public List<Refusal> load(String id) {
      return last;
    }
  }

  SimulatedLink(
      SimulatedNode runner,
      SimulatedNode source,
      SimulatedNode target,
      SimulatedLine line,
      Duration checkpointInterval,
      Surroundings surroundings,
      SimulatedTurns turns) {
    this.runner = runner;
    this.source = source;
    this.target = target;
    Peer own = new Own(runner);
    this.sourcePeer = runner == source ? own : line;
    this.targetPeer = runner == target ? own : line;
    this.surroundings = surroundings;
    this.turns = turns;
    this.spec =
        new ReplicationSpec(
            new Endpoint.Local(source.name()),
            new Endpoint.Local(target.name()),
            ReplicationSpec.of(new Endpoint.Local("a"), new Endpoint.Local("b")).selection(),
            true,
            false,
            false,
            Optional.empty(),
            true,
            checkpointInterval);
    this.id = ReplicationId.of(runner.name(), sourcePeer, targetPeer, spec);
    this.kept = DocId.of("_local/" + id.base());
    this.replication = begin();
    turns.add(id, spec, now());
  }

  private Instant now() {
    return surroundings.clock().instant();
  }

  /** A node's own database, whichever process runs at the moment. */
  private static final class Own extends DelegatingPeer {
    Own(SimulatedNode node) {
      super(node::peer);
    }
  }

  private Replication begin() {
    return new Replication(
        id,
        sourcePeer,
        targetPeer,
        spec,
        surroundings,
        turns.isScheduled() ? Patience.OF_A_JOB : Patience.asked(true, Backoff.DEFAULT),
        Memory.of(refusals, surroundings.ticks()),
        Stepping::new);
  }

  SimulatedNode runner() {
    return runner;
  }

  SimulatedNode source() {
    return source;
  }

  SimulatedNode target() {
    return target;
  }

  /** Whether the target refused a revision, and the runner knows that. */
  boolean refused(DocId id, RevId rev) {
    return refusals.last.stream()
        .anyMatch(one -> one.id().equals(id.text()) && one.rev().equals(rev.toString()));
  }

  /** Does one thing, if the node that runs it is alive. */
  void step() {
    if (!runner.isAlive()) {
      return;
    }
    switch (turns.place(id, now())) {
      case NONE -> {}
      case HELD -> move();
      case LOST -> {
        replication.cancel();
        move();
      }
    }
  }

  private void move() {
    Replication.State state = replication.step();
    if (state.isFinal()) {
      boolean line =
          replication
              .lastError()
              .map(PeerException::kind)
              .filter(Kind.UNREACHABLE::equals)
              .isPresent();
      replication = begin();
      turns.ended(id, state, line, now());
    }
  }

  /** Forgets what a process knew when it ended. */
  void runnerEnded() {
    replication = begin();
    turns.add(id, spec, now());
  }

  /** What a node has of this replication's checkpoint, on its disk. */
  Optional<Checkpoint> checkpoint(SimulatedNode node) {
    return node.onDisk()
        .flatMap(store -> store.local().get(kept))
        .flatMap(
            found -> parsed.computeIfAbsent(found.body(), body -> Checkpoint.parse(body.json())));
  }

  @Override
  public String toString() {
    return source.name() + " to " + target.name() + " by " + runner.name();
  }
}
