package org.skerry.replication;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.LocalRevision;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.PeerInfo;

/**
 * Keeps a session's checkpoint at both ends. One thread at a time; another one may check meanwhile
 * whether the target is still the one that was met.
 *
 * <p>A checkpoint is written in this order, so that it is never ahead of what the target has safe:
 *
 * <ol>
 *   <li>everything it covers was answered by the target;
 *   <li>the target makes it durable, and is still the instance that took it;
 *   <li>the target's checkpoint;
 *   <li>the source's checkpoint. When this fails, the session that both remember is an earlier one.
 * </ol>
 */
final class Checkpointer {
  private final Peer source;
  private final Peer target;
  private final String sessionId;
  private final Surroundings surroundings;
  private final Instant started;

  private Optional<Checkpoint> sourceLog = Optional.empty();
  private Optional<String> sourceRev = Optional.empty();
  private Optional<String> sourceEnd = Optional.empty();

  /** Volatile: another thread asks whether there is one. */
  private volatile Optional<String> targetRev = Optional.empty();

  private List<SessionRecord> older = List.of();
  private Optional<Checkpoint> current = Optional.empty();
  private String id = "";
  private String start = "";
  private String instance = "";

  Checkpointer(Peer source, Peer target, String sessionId, Surroundings surroundings) {
    this.source = source;
    this.target = target;
    this.sessionId = sessionId;
    this.surroundings = surroundings;
    this.started = surroundings.clock().instant();
  }

  /** Whose checkpoints these are. */
  String sessionId() {
    return sessionId;
  }

  /** Meets the target, with which later answers are compared. */
  void meet(PeerInfo found) {
    instance = found.instance();
  }

  /**
   * Reads the source's checkpoint, if it was not read.
   *
   * @param name the checkpoints' id
   */
  void remember(String name) {
    if (name.equals(id)) {
      return;
    }
    id = name;
    Optional<LocalRevision> found = source.checkpoint(id);
    sourceRev = found.map(LocalRevision::rev);
    sourceLog = found.flatMap(one -> Checkpoint.parse(one.json()));
    sourceEnd = found.flatMap(LocalRevision::updateSeq);
  }

  /** Has it read again. */
  void forget() {
    id = "";
  }

  /** Where the source's feed ended then, if it said so with its checkpoint. */
  Optional<String> sourceEnd() {
    return sourceEnd;
  }

  /**
   * Whether both ends remember that everything up to there is at the target. Nothing is written
   * then, so the target need not be met.
   *
   * @param end where the source's feed ends
   */
  boolean isDone(String end) {
    if (sourceLog.filter(log -> log.sourceLastSeq().equals(end)).isEmpty()) {
      return false;
    }
    readTarget();
    return start.equals(end);
  }

  /**
   * Compares both checkpoints. The target's is read after it was met: one that is created anew from
   * then on is another instance, and one from before has no checkpoint.
   *
   * @return where to begin
   */
  String open() {
    readTarget();
    // Before the first document: an end that is created anew from now on lacks this checkpoint, and
    // then the real one is not written into it by mistake. At the source it would pass over what
    // the new one has, where positions are mere numbers (PouchDB, CouchDB 1).
    byte[] nothing = next(ChangesQuery.START, Counts.NONE).json();
    if (targetRev.isEmpty()) {
      targetRev = target.writeCheckpoint(id, Optional.empty(), nothing);
    }
    if (sourceRev.isEmpty()) {
      sourceRev = begin(nothing);
    }
    return start;
  }

  /**
   * A source that takes none, such as one without room, is read all the same: it says so when the
   * real one is written.
   */
  private Optional<String> begin(byte[] nothing) {
    try {
      return source.writeCheckpoint(id, Optional.empty(), nothing);
    } catch (PeerException e) {
      if (e.kind() == Kind.UNREACHABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private void readTarget() {
    Optional<LocalRevision> found = target.checkpoint(id);
    targetRev = found.map(LocalRevision::rev);
    Optional<Checkpoint> targetLog = found.flatMap(one -> Checkpoint.parse(one.json()));
    start = Checkpoint.commonStart(sourceLog, targetLog);
    // The source's history is the one that CouchDB goes on with.
    current = sourceLog.filter(log -> targetLog.isPresent());
    older = current.map(Checkpoint::history).orElse(List.of());
  }

  /** Begins elsewhere, since the two ends remember nothing ({@code since_seq}). */
  void startAt(String seq) {
    start = seq;
  }

  /** The checkpoint as it was last read or written. */
  Optional<Checkpoint> current() {
    return current;
  }

  /**
   * Writes the checkpoint at both ends.
   *
   * @param seq the source's position up to which the target has answered for everything
   */
  void write(String seq, Counts counts) {
    checkInstance();
    Checkpoint checkpoint = next(seq, counts);
    byte[] json = checkpoint.json();
    targetRev = Optional.of(write(target, targetRev, json));
    sourceRev = Optional.of(write(source, sourceRev, json));
    current = Optional.of(checkpoint);
  }

  /** Ends a session whose target is not the one any more that it met. */
  void checkInstance() {
    String now = target.ensureFullCommit();
    if (!now.isEmpty() && !instance.isEmpty() && !now.equals(instance)) {
      throw createdAnew();
    }
  }

  /**
   * Ends a session whose target has lost its checkpoint, where it does not say which instance it is
   * (CouchDB 2, PouchDB).
   */
  void checkKept() {
    if (instance.isEmpty() && targetRev.isPresent() && target.checkpoint(id).isEmpty()) {
      throw createdAnew();
    }
  }

  private PeerException createdAnew() {
    return new PeerException(
        Kind.FAILING,
        "the target " + target.name() + " was started or created anew during the replication");
  }

  private Checkpoint next(String seq, Counts counts) {
    SessionRecord record =
        new SessionRecord(
            sessionId,
            time(started),
            time(surroundings.clock().instant()),
            start,
            seq,
            seq,
            counts);
    List<SessionRecord> history = new ArrayList<>();
    history.add(record);
    older.stream()
        .filter(one -> !one.sessionId().equals(sessionId))
        .limit(Tuning.HISTORY - 1L)
        .forEach(history::add);
    return new Checkpoint(sessionId, seq, history);
  }

  /**
   * Writes over the revision seen; where another one stands, over that. Our own last write may have
   * been answered by a line that broke. Where one was seen and none stands, the database is another
   * one.
   */
  private String write(Peer peer, Optional<String> seen, byte[] json) {
    Optional<String> written = peer.writeCheckpoint(id, seen, json);
    if (written.isEmpty()) {
      Optional<String> there = peer.checkpoint(id).map(LocalRevision::rev);
      if (there.isPresent()) {
        written = peer.writeCheckpoint(id, there, json);
      }
    }
    return written.orElseThrow(
        () ->
            new PeerException(
                Kind.FAILING,
                "the checkpoint at "
                    + peer.name()
                    + " is gone, or another process writes it: "
                    + id));
  }

  private static String time(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
