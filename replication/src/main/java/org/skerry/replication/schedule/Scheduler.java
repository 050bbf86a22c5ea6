package org.skerry.replication.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.skerry.replication.Origin;
import org.skerry.replication.Pause;
import org.skerry.replication.Replication;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.ReplicationStatus;
import org.skerry.replication.Replicator;
import org.skerry.replication.Surroundings;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.schedule.Job.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs as its {@link Roster} says. Any thread may call; one thread of its own starts jobs and
 * tells them to make room, and sleeps until there is a reason to look again.
 *
 * <p>Replications that somebody began by hand ({@code _replicate}) start at once and never make
 * room: somebody waits for them. They take places, and are listed among the jobs.
 */
public final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private final Replicator replicator;
  private final InstantSource clock;
  private final LongSupplier ticks;
  private final Lines lines;
  private final Roster roster;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;

  /** Set while jobs wait for places that others have. */
  private Optional<Pause> nextTurn = Optional.empty();

  private boolean closed;
  private JobListener listener = JobListener.NOBODY;

  /** A scheduler whose jobs that replicator runs; it begins with {@link #start}. */
  public Scheduler(Replicator replicator, SchedulerSettings settings, Surroundings surroundings) {
    this(replicator, settings, surroundings, new Lines(surroundings.random()));
  }

  Scheduler(
      Replicator replicator, SchedulerSettings settings, Surroundings surroundings, Lines lines) {
    this.replicator = replicator;
    this.clock = surroundings.clock();
    this.ticks = surroundings.ticks();
    this.lines = lines;
    this.roster = new Roster(settings, surroundings.random());
    this.thread = Thread.ofVirtual().name("scheduler").unstarted(this::work);
  }

  /** Begins to run jobs. */
  void start(JobListener told) {
    listener = told;
    lines.listen(new Ears());
    replicator.listen(this::ended);
    thread.start();
  }

  private void work() {
    lock.lock();
    try {
      while (!closed) {
        Optional<Instant> wake = lookAround();
        if (wake.isEmpty()) {
          changed.await();
        } else {
          Duration wait = Duration.between(clock.instant(), wake.get());
          changed.await(Math.max(1, wait.toNanos()), TimeUnit.NANOSECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Does what there is to do now; returns when to look again at the latest. */
  private Optional<Instant> lookAround() {
    Instant now = clock.instant();
    int others = replicator.count(Origin::isTransient);
    for (Job job : roster.toStart(now, others)) {
      begin(job, now);
    }
    if (!roster.isCrowded(now, others)) {
      nextTurn = Optional.empty();
    } else if (nextTurn.isEmpty()) {
      nextTurn = Optional.of(Pause.of(now, roster.settings().interval()));
    } else if (nextTurn.get().isOver(now)) {
      roster.toStop(now, others).forEach(this::makeRoom);
      nextTurn = Optional.of(Pause.of(now, roster.settings().interval()));
    }
    return Stream.concat(nextTurn.map(Pause::until).stream(), roster.nextReady(now).stream())
        .min(Comparator.naturalOrder());
  }

  private void begin(Job job, Instant now) {
    try {
      Optional<Replication> begun = replicator.begin(job.spec(), job.origin());
      if (begun.isPresent()) {
        roster.started(job, begun, now);
        job.runsFrom(ticks.getAsLong());
        LOG.info("replication {} of document {} started", job.id(), document(job));
      } else {
        job.blocked(true);
      }
    } catch (PeerException e) {
      crashed(job, e, Duration.ZERO, now);
    } catch (RuntimeException e) {
      if (replicator.isClosed()) {
        LOG.debug("the node is closing: {}", e.getMessage());
        closed = true;
      } else {
        // What keeps one job from being begun must not keep the others.
        PeerException why = new PeerException(Kind.FAILING, String.valueOf(e.getMessage()), e);
        crashed(job, why, Duration.ZERO, now);
      }
    }
  }

  private static String document(Job job) {
    return job.origin().document().orElse("");
  }

  private void makeRoom(Job job) {
    roster.stopping(job);
    job.current().ifPresent(Replication::cancel);
  }

  private void crashed(Job job, PeerException why, Duration ran, Instant now) {
    boolean lost = why.kind() == Kind.UNREACHABLE && !Line.of(job.spec()).isEmpty();
    roster.crashed(job, String.valueOf(why.getMessage()), lost, ran, now);
    if (why.retryAfter().isPositive()) {
      roster.throttled(job, why.retryAfter(), now);
    }
    LOG.warn(
        "replication {} of document {} crashed, and waits until {}: {}",
        job.id(),
        document(job),
        job.readyAt(),
        why.getMessage());
    if (lost) {
      Line.of(job.spec()).forEach(lines::watch);
    }
  }

  /** Called by the replicator, in the thread of what ended. */
  private void ended(Replication replication, Origin origin) {
    Optional<JobStatus> completed = Optional.empty();
    lock.lock();
    try {
      Optional<Job> job = roster.find(replication.id().base());
      if (job.isPresent() && !closed) {
        completed = ended(job.get(), replication);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (completed.isPresent()) {
      listener.completed(completed.get());
    }
    if (origin.isTransient()) {
      listener.freed(replication.id().base());
    }
  }

  private Optional<JobStatus> ended(Job job, Replication replication) {
    if (job.current().isEmpty() || job.current().get() != replication) {
      job.blocked(false);
      return Optional.empty();
    }
    Instant now = clock.instant();
    switch (replication.status().state()) {
      case COMPLETED -> {
        JobStatus last = JobStatus.of(job, roster.settings().healthThreshold());
        roster.remove(job);
        return Optional.of(last);
      }
      case CANCELLED -> {
        if (job.phase() == Phase.STOPPING) {
          roster.stopped(job, now);
        } else {
          // Somebody ended it by its id: its document begins it again when it changes.
          roster.remove(job);
        }
      }
      case FAILED, STARTING, RUNNING, BACKING_OFF -> {
        Duration ran = Duration.ofNanos(ticks.getAsLong() - job.runsFrom());
        crashed(job, cause(replication), ran, now);
      }
    }
    return Optional.empty();
  }

  private static PeerException cause(Replication replication) {
    return replication
        .lastError()
        .orElseGet(() -> new PeerException(Kind.FAILING, "the replication broke off"));
  }

  /** What the lines ask and tell. */
  private final class Ears implements Lines.Listener {
    @Override
    public boolean wants(Line line) {
      lock.lock();
      try {
        return roster.withoutLine().stream().anyMatch(job -> Line.of(job.spec()).contains(line));
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void back(Line line) {
      lineIsBack(line);
    }
  }

  private void lineIsBack(Line line) {
    lock.lock();
    try {
      Instant now = clock.instant();
      for (Job job : roster.withoutLine()) {
        List<Line> needed = Line.of(job.spec());
        if (needed.contains(line) && needed.stream().noneMatch(lines::isWatched)) {
          job.lineIsBack(now);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What became of a wish for a job. */
  sealed interface Added {
    /** It is a job now. */
    record Accepted() implements Added {}

    /** Another document has the same replication. */
    record SameAs(Origin other) implements Added {}
  }

  /** Adds a job for a document. It starts when there is a place. */
  Added add(ReplicationId id, ReplicationSpec spec, Origin origin) {
    lock.lock();
    try {
      Optional<Job> known = roster.find(id.base());
      if (known.isPresent()) {
        return new Added.SameAs(known.get().origin());
      }
      Optional<ReplicationStatus> other =
          replicator.find(id.base()).filter(status -> status.origin().isTransient());
      if (other.isPresent()) {
        return new Added.SameAs(other.get().origin());
      }
      roster.add(new Job(id, spec, origin, clock.instant()));
      changed.signalAll();
      return new Added.Accepted();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a job, soon; it is none from now on. Returns its id, if there was one. */
  public Optional<String> remove(String id) {
    lock.lock();
    try {
      Optional<Job> known = roster.find(ReplicationId.base(id));
      known.ifPresent(
          job -> {
            roster.remove(job);
            job.current().ifPresent(Replication::cancel);
          });
      changed.signalAll();
      return known.map(job -> job.id().toString());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a job run next, whatever it waits for. When all places are taken, another one makes room.
   *
   * @return how it stands; nothing when there is none
   */
  public Optional<JobStatus> run(String id) {
    lock.lock();
    try {
      Optional<Job> known = roster.find(ReplicationId.base(id));
      known.ifPresent(
          job -> {
            if (job.phase() == Phase.WAITING) {
              Instant now = clock.instant();
              job.asked(now);
              nextTurn = Optional.of(Pause.of(now, Duration.ZERO));
              changed.signalAll();
            }
          });
      return known.map(this::status);
    } finally {
      lock.unlock();
    }
  }

  /** The job of that id, with its options or without, or the replication begun by hand. */
  public Optional<JobStatus> find(String id) {
    lock.lock();
    try {
      Optional<JobStatus> job = roster.find(ReplicationId.base(id)).map(this::status);
      return job.or(() -> byHand(id));
    } finally {
      lock.unlock();
    }
  }

  private Optional<JobStatus> byHand(String id) {
    return replicator
        .find(id)
        .filter(status -> status.origin().isTransient())
        .map(JobStatus::ofTransient);
  }

  private JobStatus status(Job job) {
    return JobStatus.of(job, roster.settings().healthThreshold());
  }

  /** All jobs and replications begun by hand, in the order of their ids. */
  public List<JobStatus> jobs() {
    List<JobStatus> all = new ArrayList<>();
    lock.lock();
    try {
      roster.jobs().forEach(job -> all.add(status(job)));
    } finally {
      lock.unlock();
    }
    replicator.running().stream()
        .filter(status -> status.origin().isTransient())
        .map(JobStatus::ofTransient)
        .forEach(all::add);
    all.sort(Comparator.comparing(job -> job.id().toString()));
    return all;
  }

  /** Changes the settings; they hold from now on. */
  public void settings(SchedulerSettings settings) {
    lock.lock();
    try {
      if (settings.equals(roster.settings())) {
        return;
      }
      roster.settings(settings);
      nextTurn = Optional.of(Pause.of(clock.instant(), Duration.ZERO));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Starts no more jobs. Those that run are the replicator's to end. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    lines.close();
  }
}
