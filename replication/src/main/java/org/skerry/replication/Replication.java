package org.skerry.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.changes.SinceTokens;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replication, from its request to its end, over as many sessions as the line needs.
 *
 * <pre>
 *              open ok              feed's end, all written, checkpoint (one-shot)
 *   STARTING ───────────▶ RUNNING ──────────────────────────────────────▶ COMPLETED
 *      ▲ │                   │
 *      │ └──── failed ───────┤
 *      │                     ▼
 *      └── time is up ── BACKING_OFF ── nobody can help, or too often (one-shot) ──▶ FAILED
 *
 *   any of these ── cancel ──▶ CANCELLED
 * </pre>
 *
 * <ul>
 *   <li>STARTING: meets both peers, creates the target if that was asked for, compares both
 *       checkpoints.
 *   <li>RUNNING: a {@link Session} moves along its {@link Course}. A live one never comes to the
 *       feed's end.
 *   <li>BACKING_OFF: waits. What the broken session had finished was put into a checkpoint, if the
 *       peers let it.
 *   <li>A failure that time does not heal (no such database, no right) ends a replication that
 *       never ran; one that ran before goes on trying, because the other side is being repaired.
 * </ul>
 *
 * <p>Only {@link #step} moves between states, and one thread at a time calls it. {@link #cancel}
 * and {@link #status} may be called by any.
 */
public final class Replication {
  private static final Logger LOG = LoggerFactory.getLogger(Replication.class);

  /** Where a replication stands. */
  public enum State {
    STARTING,
    RUNNING,
    BACKING_OFF,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Whether nothing follows. */
    public boolean isFinal() {
      return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
  }

  private final Peer source;
  private final Peer target;
  private final ReplicationSpec spec;
  private final ReplicationId id;
  private final Surroundings surroundings;
  private final Patience patience;
  private final RefusalBook book;

  private final Progress progress;
  private final Supplier<Course> courses;
  private final BatchSize batchSize = new BatchSize();
  private final Instant startedAt;

  // Volatile where status reads what the running thread writes.
  private volatile State state = State.STARTING;
  private volatile Instant since;
  private volatile Optional<Session> session = Optional.empty();
  private volatile Optional<PeerException> lastError = Optional.empty();
  private volatile Optional<ReplicationResult> result = Optional.empty();
  private volatile String done = ChangesQuery.START;
  private volatile String recorded = ChangesQuery.START;
  private volatile boolean cancelled;
  private volatile Optional<Thread> runner = Optional.empty();

  private Course course;
  private int failures;
  private long writtenBefore;
  private boolean everRan;
  private Pause retry;

  /** Where to begin when there is no checkpoint. */
  private Optional<String> sinceSeq;

  /** A replication between two peers, which stay the caller's to close. */
  public Replication(
      ReplicationId id, Peer source, Peer target, ReplicationSpec spec, Surroundings surroundings) {
    this(id, source, target, spec, surroundings, Backoff.DEFAULT, Pipeline::new);
  }

  Replication(
      ReplicationId id,
      Peer source,
      Peer target,
      ReplicationSpec spec,
      Surroundings surroundings,
      Backoff backoff,
      Supplier<Course> courses) {
    this(
        id,
        source,
        target,
        spec,
        surroundings,
        Patience.asked(spec.live(), backoff),
        Memory.of(RefusalLog.NONE, surroundings.ticks()),
        courses);
  }

  Replication(
      ReplicationId id,
      Peer source,
      Peer target,
      ReplicationSpec spec,
      Surroundings surroundings,
      Patience patience,
      Memory memory,
      Supplier<Course> courses) {
    this.id = id;
    this.source = source;
    this.target = target;
    this.spec = spec;
    this.surroundings = surroundings;
    this.patience = patience;
    this.progress = new Progress(memory.failing());
    this.book = new RefusalBook(memory.refusals(), id, source, target, progress);
    this.courses = courses;
    this.course = courses.get();
    this.startedAt = surroundings.clock().instant();
    this.since = startedAt;
    this.retry = Pause.of(startedAt, Duration.ZERO);
    this.sinceSeq = spec.sinceSeq();
    progress.lag().behind(startedAt);
  }

  public ReplicationId id() {
    return id;
  }

  /**
   * Runs to the end, in the caller's thread and those that it starts.
   *
   * @return the final state
   */
  public State run() {
    runner = Optional.of(Thread.currentThread());
    try {
      while (!state.isFinal()) {
        waitForRetry();
        step();
      }
    } finally {
      runner = Optional.empty();
      Thread.interrupted();
    }
    return state;
  }

  private void waitForRetry() {
    try {
      Duration wait = retry.left(surroundings.clock().instant());
      if (state == State.BACKING_OFF && !cancelled && wait.isPositive()) {
        Thread.sleep(wait);
      }
    } catch (InterruptedException e) {
      // Either cancelled, or the program ends: the next step sees which, and both end it.
      cancelled = true;
    }
  }

  /** Does the next thing, and moves to the state that follows. Waits only as its course does. */
  State step() {
    if (cancelled && !state.isFinal()) {
      end(State.CANCELLED);
      return state;
    }
    try {
      switch (state) {
        case STARTING -> start();
        case RUNNING -> advance();
        case BACKING_OFF -> {
          if (retry.isOver(surroundings.clock().instant())) {
            move(State.STARTING);
          }
        }
        case COMPLETED, FAILED, CANCELLED -> {}
      }
    } catch (InterruptedException e) {
      cancelled = true;
      end(State.CANCELLED);
    } catch (PeerException e) {
      failed(e);
    } catch (RuntimeException | OutOfMemoryError e) {
      // What waits when it is cancelled breaks off in ways of its own.
      if (!cancelled) {
        LOG.warn("replication {} failed", id, e);
      }
      failed(new PeerException(PeerException.Kind.FAILING, String.valueOf(e.getMessage()), e));
    }
    return state;
  }

  private void start() {
    if (!everRan) {
      book.open();
    }
    Meeting meeting =
        new Meeting(
            new Assignment(
                source, target, spec, id, surroundings, progress, batchSize, this::passRefusals));
    writtenBefore = progress.counts().docsWritten();
    sinceSeq = sinceSeq.map(this::fixed);
    session = Optional.of(meeting.open(sinceSeq));
    course = courses.get();
    everRan = true;
    move(State.RUNNING);
  }

  /** The present of the first session is not that of the next. */
  private String fixed(String seq) {
    return seq.equals(SinceTokens.NOW)
        ? source
            .info()
            .map(PeerInfo::updateSeq)
            .filter(now -> !now.equals(ChangesQuery.START))
            .orElse(seq)
        : seq;
  }

  private void advance() throws InterruptedException {
    Session running = session.orElseThrow();
    boolean more = !running.isOver() && course.advance(running);
    if (!more && !spec.live()) {
      running.finish();
      result = Optional.of(running.result());
      move(State.COMPLETED);
      report();
    }
  }

  private void failed(PeerException e) {
    if (cancelled) {
      end(State.CANCELLED);
      return;
    }
    if (e.kind() == PeerException.Kind.FAILING) {
      session.ifPresent(Session::failed);
    }
    report();
    progress.lag().behind(surroundings.clock().instant());
    boolean gained = leaveSession();
    lastError = Optional.of(e);
    failures = gained ? 1 : failures + 1;
    batchSize.failed();
    if (patience.isExhausted(e, failures, everRan)) {
      LOG.warn(
          "replication {} from {} to {} gave up: {}",
          id,
          source.name(),
          target.name(),
          e.getMessage());
      move(State.FAILED);
    } else {
      Duration wait = patience.delay(e, failures, surroundings.random());
      LOG.info("replication {} tries again in {}: {}", id, wait, e.getMessage());
      retry = Pause.of(surroundings.clock().instant(), wait);
      move(State.BACKING_OFF);
    }
  }

  /**
   * What a session finished should not be done again, so it is put into a checkpoint if the peers
   * let it.
   *
   * @return whether the next one has less to do: the target has more than before, or it begins
   *     further on. One that gets to the end of the feed each time and cannot say so has gained
   *     nothing.
   */
  private boolean leaveSession() {
    if (session.isEmpty()) {
      return false;
    }
    Session left = session.get();
    session = Optional.empty();
    boolean gained = progress.counts().docsWritten() > writtenBefore;
    try {
      left.checkpoint();
    } catch (PeerException e) {
      LOG.debug("no checkpoint for the broken session of {}: {}", id, e.getMessage());
    }
    done = left.done();
    recorded = left.recorded();
    return gained || left.isRecorded();
  }

  private void end(State last) {
    // The interruption has done its work, and would break the connection that the last checkpoint
    // needs.
    Thread.interrupted();
    report();
    leaveSession();
    move(last);
  }

  private void move(State next) {
    state = next;
    since = surroundings.clock().instant();
  }

  /** Before a checkpoint passes them. */
  private void passRefusals() {
    book.keep();
    book.say();
  }

  private void report() {
    try {
      book.keep();
    } catch (PeerException e) {
      LOG.warn("replication {}: {}", id, e.getMessage());
    }
    book.say();
  }

  /** Ends it soon: what is done goes into a last checkpoint. */
  public void cancel() {
    cancelled = true;
    runner.ifPresent(Thread::interrupt);
  }

  /**
   * Sends the documents that were refused again, in the caller's thread; the peers must be open.
   *
   * @return how many the target has taken now
   * @throws PeerException when a peer cannot be reached, or fails over all of them; those that were
   *     taken stay so
   */
  public int retryRefused() {
    return retryRefused(source, target);
  }

  /** As {@link #retryRefused()}, over connections of the caller's own. */
  int retryRefused(Peer from, Peer to) {
    return book.retry(from, to);
  }

  /** What it does. */
  public ReplicationSpec spec() {
    return spec;
  }

  /** What a completed one-shot replication came to. */
  public Optional<ReplicationResult> result() {
    return result;
  }

  /** Why it failed, or waits. */
  public Optional<PeerException> lastError() {
    return lastError;
  }

  /** When it goes on, if it waits. */
  Instant retryAt() {
    return retry.until();
  }

  /** How it stands. */
  public ReplicationStatus status() {
    Optional<Session> current = session;
    Counts counts = progress.counts();
    Duration age = Duration.between(startedAt, surroundings.clock().instant());
    double seconds = Math.max(0.001, age.toNanos() / 1e9);
    return new ReplicationStatus(
        id,
        Origin.NOBODY,
        source.name(),
        target.name(),
        spec.live(),
        state,
        startedAt,
        since,
        counts,
        progress.lag().pending(),
        progress.lag().behindSince(),
        counts.docsWritten() / seconds,
        current.map(Session::done).orElse(done),
        current.map(Session::recorded).orElse(recorded),
        lastError.map(PeerException::getMessage),
        progress.refusals());
  }
}
