package org.skerry.fhir.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps events behind the answers, as many at once as there are. Any thread may hand one in; one
 * thread writes, from the first event on. When events come faster than they can be kept, who makes
 * them waits; what cannot be kept at all goes to the node's log, so that it is not lost either.
 */
final class EventWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
  private static final int WAITING = 1_000;
  private static final int AT_ONCE = 500;
  private static final long PATIENCE_SECONDS = 10;
  private static final long RETRY_MILLIS = 1_000;

  private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(WAITING);
  private final Supplier<Database> database;

  /** Guarded by this. */
  private Optional<Thread> thread = Optional.empty();

  /** Volatile: set by whoever closes, read by the writer. */
  private volatile boolean closed;

  /** An event under its id. */
  record Event(String id, Body body) {
    NewRevision document() {
      return new NewRevision(
          DocId.of("AuditEvent/" + id), Optional.empty(), false, body, List.of());
    }
  }

  /** The last one, behind which nothing comes. */
  private static final Event END = new Event("", Body.EMPTY);

  EventWriter(Supplier<Database> database) {
    this.database = database;
  }

  /** Keeps an event soon. */
  void keep(Event event) {
    begin();
    try {
      if (closed || !queue.offer(event, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        log(event);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log(event);
    }
  }

  private static void log(Event event) {
    LOG.error("an AuditEvent cannot be kept: {}", event.body);
  }

  private synchronized void begin() {
    if (thread.isEmpty() && !closed) {
      thread = Optional.of(Thread.ofVirtual().name("audit events").start(this::run));
    }
  }

  private void run() {
    List<Event> events = new ArrayList<>();
    boolean more = true;
    while (more) {
      try {
        events.clear();
        events.add(queue.take());
        queue.drainTo(events, AT_ONCE - 1);
        more = !events.remove(END);
        if (!events.isEmpty()) {
          write(events);
        }
      } catch (InterruptedException e) {
        events.forEach(EventWriter::log);
        return;
      }
    }
  }

  private void write(List<Event> events) throws InterruptedException {
    List<NewRevision> documents = events.stream().map(Event::document).toList();
    while (true) {
      try {
        List<WriteResult> results = database.get().update(documents);
        for (int i = 0; i < results.size(); i++) {
          if (!(results.get(i) instanceof WriteResult.Written)) {
            LOG.error("an AuditEvent was refused: {}", results.get(i));
            log(events.get(i));
          }
        }
        return;
      } catch (StoreException e) {
        if (closed) {
          events.forEach(EventWriter::log);
          return;
        }
        LOG.warn("AuditEvents cannot be kept at the moment: {}", e.getMessage());
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  /** Keeps what is waiting, and ends. */
  @Override
  public void close() {
    Optional<Thread> writer;
    synchronized (this) {
      closed = true;
      writer = thread;
    }
    if (writer.isPresent()) {
      try {
        if (!queue.offer(END, PATIENCE_SECONDS, TimeUnit.SECONDS)
            || !writer.get().join(Duration.ofSeconds(PATIENCE_SECONDS))) {
          writer.get().interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
