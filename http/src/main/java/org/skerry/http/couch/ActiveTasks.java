package org.skerry.http.couch;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What works in the background at the moment, besides replications. Any thread may call. */
final class ActiveTasks {
  private final AtomicLong started = new AtomicLong();
  private final Set<Task> running = ConcurrentHashMap.newKeySet();
  private final List<Consumer<JsonGenerator>> elsewhere = new CopyOnWriteArrayList<>();

  /** Something that works until it is closed. */
  final class Task implements AutoCloseable {
    private final long number = started.incrementAndGet();
    private final Instant start = Instant.now();
    private final String type;
    private final Consumer<JsonGenerator> members;

    private Task(String type, Consumer<JsonGenerator> members) {
      this.type = type;
      this.members = members;
    }

    /** Writes the task as {@code _active_tasks} shows it. */
    void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("node", Membership.NODE);
      out.writeStringProperty("pid", "<0." + number + ".0>");
      out.writeStringProperty("type", type);
      out.writeNumberProperty("started_on", start.getEpochSecond());
      out.writeNumberProperty("updated_on", Instant.now().getEpochSecond());
      members.accept(out);
      out.writeEndObject();
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }

  /**
   * Shows a task until it is closed.
   *
   * @param members writes what is known of its progress, whenever somebody asks
   */
  Task start(String type, Consumer<JsonGenerator> members) {
    Task task = new Task(type, members);
    running.add(task);
    return task;
  }

  /** Shows what somebody else keeps, too: asked to write its tasks whenever somebody looks. */
  void from(Consumer<JsonGenerator> others) {
    elsewhere.add(others);
  }

  /** Writes the tasks that others keep. */
  void writeElsewhere(JsonGenerator out) {
    elsewhere.forEach(others -> others.accept(out));
  }

  /** Those that run, oldest first. */
  List<Task> running() {
    return running.stream().sorted(Comparator.comparingLong(task -> task.number)).toList();
  }
}
