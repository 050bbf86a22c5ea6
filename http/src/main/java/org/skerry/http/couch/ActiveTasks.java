package org.skerry.http.couch;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** What works in the background at the moment, besides replications. Any thread may call. */
final class ActiveTasks {
  private final AtomicLong started = new AtomicLong();
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final List<Supplier<List<Task>>> elsewhere = new CopyOnWriteArrayList<>();

  /**
   * Something that works, as {@code _active_tasks} shows it.
   *
   * @param pid names it until it ends; CouchDB's form, which says nothing more
   * @param members writes what is known of its progress
   * @param cancel has it end soon; what was done stays done. Nothing where that cannot be
   */
  record Task(
      String pid,
      String type,
      String database,
      Instant start,
      Consumer<JsonGenerator> members,
      Optional<Runnable> cancel) {

    /** Writes the task as an object. */
    void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("node", Membership.NODE);
      out.writeStringProperty("pid", pid);
      out.writeStringProperty("type", type);
      out.writeStringProperty("database", database);
      members.accept(out);
      out.writeBooleanProperty("cancellable", cancel.isPresent());
      out.writeNumberProperty("started_on", start.getEpochSecond());
      out.writeNumberProperty("updated_on", Instant.now().getEpochSecond());
      out.writeEndObject();
    }
  }

  /** A task that is shown until it is closed. */
  final class Running implements AutoCloseable {
    private final long number;
    private final Task task;

    private Running(long number, Task task) {
      this.number = number;
      this.task = task;
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }

  /** The pid of the nth task of one of those who keep tasks. */
  static String pid(long number, int keeper) {
    return "<0." + number + "." + keeper + ">";
  }

  /**
   * Shows a task until it is closed.
   *
   * @param members writes what is known of its progress, whenever somebody asks
   * @param cancel has it end soon
   */
  Running start(String type, String database, Consumer<JsonGenerator> members, Runnable cancel) {
    long number = started.incrementAndGet();
    Running begun =
        new Running(
            number,
            new Task(pid(number, 0), type, database, Instant.now(), members, Optional.of(cancel)));
    running.add(begun);
    return begun;
  }

  /** Shows what somebody else keeps, too: asked whenever somebody looks. */
  void from(Supplier<List<Task>> others) {
    elsewhere.add(others);
  }

  /** Those that run: compactions, oldest first, and what others keep. */
  List<Task> running() {
    return Stream.concat(
            running.stream()
                .sorted(Comparator.comparingLong(one -> one.number))
                .map(one -> one.task),
            elsewhere.stream().flatMap(others -> others.get().stream()))
        .toList();
  }

  /** Those that run for one database. */
  List<Task> running(String database) {
    return running().stream().filter(task -> task.database().equals(database)).toList();
  }

  /** The one of that name, if it runs. */
  Optional<Task> find(String pid) {
    return running().stream().filter(task -> task.pid().equals(pid)).findFirst();
  }
}
