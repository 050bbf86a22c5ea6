package org.skerry.replication.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.document.Body;
import org.skerry.replication.InvalidReplicationException;
import org.skerry.replication.Origin;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.Replicator;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Proxy;
import org.skerry.replication.schedule.Scheduler.Added;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns documents into jobs, and jobs that ended into states of their documents. Any thread may
 * call. Its lock is held while the scheduler is asked, never the other way round.
 *
 * <p>A document without a final state has an entry here and a job there. It has an entry and no job
 * while the same replication runs for somebody who began it by hand: then it waits for that one's
 * end.
 */
final class Documents implements JobListener {
  private final Replicator replicator;
  private final Scheduler scheduler;
  private final StateWriter writer;
  private final InstantSource clock;

  /** Guarded by this. */
  private final Map<DocumentKey, Entry> entries = new HashMap<>();

  Documents(Replicator replicator, Scheduler scheduler, StateWriter writer, InstantSource clock) {
    this.replicator = replicator;
    this.scheduler = scheduler;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * A document that asks for something.
   *
   * @param problem why it is no job, if it is none
   */
  private record Entry(
      ReplicationSpec spec,
      Origin origin,
      ReplicationId id,
      Instant startTime,
      Optional<String> problem) {}

  /** A document was written, or is there when the node starts. */
  void written(DocumentKey key, Body body) {
    ObjectNode json = ReplicatorDocument.tree(body.json());
    if (ReplicatorDocument.isFinal(json)) {
      deleted(key);
      return;
    }
    ReplicationSpec spec;
    try {
      spec = ReplicatorDocument.parse(json);
    } catch (InvalidReplicationException e) {
      deleted(key);
      writer.failed(
          key, now -> ReplicatorDocument.spec(now).isEmpty(), String.valueOf(e.getMessage()));
      return;
    }
    Optional<String> duplicate = wanted(key, spec, ReplicatorDocument.origin(key, json));
    if (duplicate.isPresent()) {
      writer.failed(key, asksFor(spec), duplicate.get());
    }
  }

  private static Predicate<ObjectNode> asksFor(ReplicationSpec spec) {
    return json ->
        !ReplicatorDocument.isFinal(json)
            && ReplicatorDocument.spec(json).filter(spec::equals).isPresent();
  }

  /** Returns why the document can never be a job as it is. */
  private synchronized Optional<String> wanted(
      DocumentKey key, ReplicationSpec spec, Origin origin) {
    Entry known = entries.get(key);
    if (known != null && known.spec().equals(spec) && known.origin().equals(origin)) {
      return Optional.empty();
    }
    deleted(key);
    Entry entry = new Entry(spec, origin, replicator.id(spec), clock.instant(), Optional.empty());
    return submit(key, entry);
  }

  private Optional<String> submit(DocumentKey key, Entry entry) {
    return switch (scheduler.add(entry.id(), entry.spec(), entry.origin())) {
      case Added.Accepted accepted -> {
        entries.put(key, entry);
        yield Optional.empty();
      }
      case Added.SameAs(Origin other) when other.isTransient() -> {
        String problem =
            String.format(
                "Replication `%s` specified by document `%s` already running as a transient"
                    + " replication, started via `_replicate` API endpoint",
                entry.id(), key.document());
        entries.put(
            key,
            new Entry(
                entry.spec(), entry.origin(), entry.id(), entry.startTime(), Optional.of(problem)));
        yield Optional.empty();
      }
      case Added.SameAs(Origin other) ->
          Optional.of(
              String.format(
                  "Replication `%s` specified by document `%s` already started, triggered by"
                      + " document `%s` from db `%s`",
                  entry.id(),
                  key.document(),
                  other.document().orElse(""),
                  other.database().orElse("")));
    };
  }

  /** A document is gone, or asks for nothing any more. */
  synchronized void deleted(DocumentKey key) {
    Entry known = entries.remove(key);
    if (known != null && known.problem().isEmpty()) {
      scheduler.remove(known.id().base());
    }
  }

  /** A database is gone with all that its documents asked for. */
  synchronized void dropped(String database) {
    List<DocumentKey> gone =
        entries.keySet().stream().filter(key -> key.database().equals(database)).toList();
    gone.forEach(this::deleted);
  }

  @Override
  public void completed(JobStatus job) {
    DocumentKey key =
        new DocumentKey(
            job.origin().database().orElseThrow(), job.origin().document().orElseThrow());
    Optional<Entry> done = forget(key, job.id());
    if (done.isPresent()) {
      writer.completed(key, asksFor(done.get().spec()), job);
    }
  }

  private synchronized Optional<Entry> forget(DocumentKey key, ReplicationId id) {
    Entry known = entries.get(key);
    if (known == null || !known.id().equals(id)) {
      return Optional.empty();
    }
    entries.remove(key);
    return Optional.of(known);
  }

  @Override
  public void freed(String base) {
    List<DocumentKey> waiting = new ArrayList<>();
    synchronized (this) {
      entries.forEach(
          (key, entry) -> {
            if (entry.problem().isPresent() && entry.id().base().equals(base)) {
              waiting.add(key);
            }
          });
    }
    waiting.forEach(this::tryAgain);
  }

  private void tryAgain(DocumentKey key) {
    Optional<String> duplicate = Optional.empty();
    Entry entry;
    synchronized (this) {
      entry = entries.get(key);
      if (entry == null || entry.problem().isEmpty()) {
        return;
      }
      entries.remove(key);
      duplicate =
          submit(
              key,
              new Entry(
                  entry.spec(), entry.origin(), entry.id(), entry.startTime(), Optional.empty()));
    }
    if (duplicate.isPresent()) {
      writer.failed(key, asksFor(entry.spec()), duplicate.get());
    }
  }

  /**
   * Lets a document's job run next; a document in a final state asks for it again.
   *
   * @return whether there is anything to run
   */
  boolean run(DocumentKey key) {
    Optional<Entry> entry = entry(key);
    if (entry.isEmpty()) {
      return writer.again(key);
    }
    return scheduler.run(entry.get().id().base()).isPresent() || entry.get().problem().isPresent();
  }

  /**
   * Lets a document's replication rest until somebody runs it.
   *
   * @return whether there was something to stop
   */
  boolean stop(DocumentKey key, String reason) {
    return writer.stopped(key, reason);
  }

  /** What the job, or the document, of a replication asks for, if one has that replication. */
  synchronized Optional<ReplicationSpec> spec(String base) {
    return entries.values().stream()
        .filter(entry -> entry.id().base().equals(base))
        .map(Entry::spec)
        .findFirst();
  }

  /** Whether a document asks for that replication, be it done or not. */
  Optional<ReplicationSpec> spec(String base, Body body) {
    return ReplicatorDocument.spec(ReplicatorDocument.tree(body.json()))
        .filter(spec -> replicator.id(spec).base().equals(base));
  }

  private synchronized Optional<Entry> entry(DocumentKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** How a document stands. */
  DocumentStatus status(DocumentKey key, Body body) {
    Optional<Entry> entry = entry(key);
    if (entry.isPresent()) {
      Optional<JobStatus> job =
          entry.get().problem().isPresent()
              ? Optional.empty()
              : scheduler.find(entry.get().id().base());
      ReplicationSpec spec = entry.get().spec();
      return job.map(found -> ofJob(key, spec, found)).orElseGet(() -> ofEntry(key, entry.get()));
    }
    return ofDocument(key, ReplicatorDocument.tree(body.json()));
  }

  private static DocumentStatus ofJob(DocumentKey key, ReplicationSpec spec, JobStatus job) {
    DocumentStatus.Info progress =
        job.run()
            .<DocumentStatus.Info>map(DocumentStatus.Info.Progress::new)
            .orElseGet(DocumentStatus.Info.None::new);
    DocumentStatus.Info info =
        job.state() == JobState.CRASHING
            ? new DocumentStatus.Info.Failure(job.crash().orElse(""))
            : progress;
    return new DocumentStatus(
        key.database(),
        key.document(),
        Optional.of(job.id().toString()),
        Optional.of(job.source()),
        Optional.of(job.target()),
        proxy(spec.source()),
        proxy(spec.target()),
        job.state(),
        info,
        job.errors(),
        Optional.of(ScheduleJson.time(job.startTime())),
        Optional.of(ScheduleJson.time(job.lastUpdated())));
  }

  private static DocumentStatus ofEntry(DocumentKey key, Entry entry) {
    Optional<String> time = Optional.of(ScheduleJson.time(entry.startTime()));
    return new DocumentStatus(
        key.database(),
        key.document(),
        Optional.empty(),
        Optional.of(entry.spec().source().name()),
        Optional.of(entry.spec().target().name()),
        proxy(entry.spec().source()),
        proxy(entry.spec().target()),
        entry.problem().isPresent() ? JobState.ERROR : JobState.INITIALIZING,
        entry
            .problem()
            .<DocumentStatus.Info>map(DocumentStatus.Info.Failure::new)
            .orElseGet(DocumentStatus.Info.None::new),
        entry.problem().isPresent() ? 1 : 0,
        time,
        time);
  }

  private static Optional<String> proxy(Endpoint end) {
    return end instanceof Endpoint.Remote remote
        ? remote.manner().proxy().map(Proxy::name)
        : Optional.empty();
  }

  /** A document that is no job: what it says itself, or that it was not looked at yet. */
  private static DocumentStatus ofDocument(DocumentKey key, ObjectNode json) {
    Optional<String> state = ReplicatorDocument.state(json);
    Optional<String> time = ReplicatorDocument.text(json, StateWriter.TIME);
    Optional<ReplicationSpec> spec = ReplicatorDocument.spec(json);
    boolean failed = state.filter("failed"::equals).isPresent();
    boolean completed = state.filter("completed"::equals).isPresent();
    DocumentStatus.Info info = new DocumentStatus.Info.None();
    Optional<String> started = Optional.empty();
    if (failed) {
      info =
          new DocumentStatus.Info.Failure(
              ReplicatorDocument.text(json, StateWriter.REASON).orElse(""));
      started = time;
    } else if (completed) {
      info = new DocumentStatus.Info.Kept(json.path(StateWriter.STATS));
      String from = json.path(StateWriter.STATS).path("start_time").asString("");
      started = Optional.of(from).filter(found -> !found.isEmpty());
    }
    return new DocumentStatus(
        key.database(),
        key.document(),
        Optional.empty(),
        spec.map(known -> known.source().name())
            .or(() -> ReplicatorDocument.name(json.path("source"))),
        spec.map(known -> known.target().name())
            .or(() -> ReplicatorDocument.name(json.path("target"))),
        spec.flatMap(known -> proxy(known.source())),
        spec.flatMap(known -> proxy(known.target())),
        completed ? JobState.COMPLETED : failed ? JobState.FAILED : JobState.INITIALIZING,
        info,
        failed ? 1 : 0,
        started,
        time);
  }
}
