package org.skerry.replication.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.skerry.replication.http.Calls.OpenAnswer;
import org.skerry.replication.peer.ChangeRow;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.LiveChanges;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import tools.jackson.core.JacksonException;

/**
 * A continuous feed over HTTP. A virtual thread reads its lines into a short queue, so that those
 * which came while others were worked on go together; when the queue is full the peer has to wait.
 */
final class RemoteChanges implements LiveChanges {
  private static final int QUEUE = 2_000;

  /** Of what waits in it: a row may have a megabyte. */
  private static final int QUEUE_BYTES = 4 * ChangesReader.LONGEST_ROW;

  private final Calls calls;
  private final Request request;
  private final OpenAnswer open;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(QUEUE);
  private final Semaphore room = new Semaphore(QUEUE_BYTES);
  private final Thread reader;

  /** Something that came along the feed. */
  private sealed interface Event {
    record Row(ChangeRow row, int bytes) implements Event {}

    record End(PeerException why) implements Event {}
  }

  RemoteChanges(Calls calls, ChangesQuery query) {
    this.calls = calls;
    this.request = ChangesRequests.continuous(query);
    this.open = calls.open(request);
    if (!open.answer().isGood()) {
      try (open) {
        throw calls.unexpected(request, open.answer());
      }
    }
    this.reader = Thread.ofVirtual().name("changes of " + calls.name()).start(this::read);
  }

  private void read() {
    PeerException why;
    try (InputStream body = new BufferedInputStream(open.answer().body())) {
      why = readLines(body);
    } catch (IOException e) {
      why = calls.broken(request, e);
    } catch (JacksonException e) {
      why = calls.nonsense(request, e.getOriginalMessage(), e);
    } catch (InterruptedException e) {
      return;
    }
    try {
      events.put(new Event.End(why));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PeerException readLines(InputStream body) throws IOException, InterruptedException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int octet = body.read(); octet >= 0; octet = body.read()) {
      if (octet != '\n') {
        line.write(octet);
        if (line.size() > ChangesReader.LONGEST_ROW) {
          throw new OddAnswerException(
              "a line of the feed is longer than " + ChangesReader.LONGEST_ROW + " bytes");
        }
      } else if (line.size() > 1) {
        Optional<ChangeRow> row = ChangesReader.line(line.toByteArray());
        int bytes = line.size();
        line.reset();
        if (row.isEmpty()) {
          break;
        }
        room.acquire(bytes);
        events.put(new Event.Row(row.get(), bytes));
      } else {
        // An empty line is a heartbeat.
        line.reset();
      }
    }
    return new PeerException(Kind.UNREACHABLE, "the feed of " + calls.name() + " ended");
  }

  @Override
  public Optional<ChangesPage> next(int limit, Duration wait) throws InterruptedException {
    Event first = events.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return Optional.empty();
    }
    List<Event> more = new ArrayList<>();
    more.add(first);
    events.drainTo(more, limit - 1);
    List<ChangeRow> rows = new ArrayList<>(more.size());
    for (Event event : more) {
      switch (event) {
        case Event.Row(ChangeRow row, int bytes) -> {
          rows.add(row);
          room.release(bytes);
        }
        case Event.End end -> {
          if (rows.isEmpty()) {
            throw end.why();
          }
          // Nothing follows an end, so there is room to say it again after these rows.
          events.put(end);
        }
      }
    }
    return Optional.of(new ChangesPage(rows, rows.getLast().seq(), events.size(), false));
  }

  @Override
  public void close() {
    reader.interrupt();
    open.close();
  }
}
