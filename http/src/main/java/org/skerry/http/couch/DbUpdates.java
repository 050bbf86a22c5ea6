package org.skerry.http.couch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.skerry.database.DatabaseEvents;
import org.skerry.database.DatabaseEvents.Event;
import org.skerry.http.AnswerHead;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.ChangesParameters.Feed;

/**
 * {@code GET /_db_updates}: which databases were created, updated or deleted, or got other design
 * documents. Each kind of event of each database stands there once, at its last time.
 */
final class DbUpdates implements Endpoint {
  private final DatabaseEvents events;

  DbUpdates(DatabaseEvents events) {
    this.events = events;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    ChangesParameters parameters = ChangesParameters.of(exchange);
    Feed feed = parameters.feed();
    AnswerHead head =
        feed == Feed.EVENTSOURCE
            ? AnswerHead.of(200, "text/event-stream").with("Cache-Control", "no-cache")
            : AnswerHead.json(200);
    if (exchange.isHead()) {
      exchange.stream(head).close();
      return;
    }
    long since = parameters.descending() ? 0 : since(parameters.since());
    RowOut out = new RowOut(exchange.stream(head));
    new Session(parameters, out).run(since);
    out.close();
  }

  /** A position of another run of the node means the start. */
  private long since(String quoted) {
    String text = quoted.replace("\"", "");
    if (text.equals("now")) {
      return events.last();
    }
    int dash = text.indexOf('-');
    boolean own = dash < 0 || text.substring(dash + 1).equals(events.life());
    String digits = dash < 0 ? text : text.substring(0, dash);
    if (!digits.matches("[0-9]{1,18}")) {
      throw HttpProblem.badRequest(
          "bad_request", "Malformed sequence supplied in 'since' parameter.");
    }
    long since = Long.parseLong(digits);
    return own && since <= events.last() ? since : 0;
  }

  private String token(long seq) {
    return seq + "-" + events.life();
  }

  /** One answer, on the thread of its exchange. */
  private final class Session {
    private final ChangesParameters parameters;
    private final Feed feed;
    private final RowOut out;
    private long left;
    private boolean first = true;

    Session(ChangesParameters parameters, RowOut out) {
      this.parameters = parameters;
      this.feed = parameters.feed();
      this.out = out;
      this.left = parameters.limit();
    }

    void run(long since) throws IOException {
      if (!feed.isEndless()) {
        out.raw("{\"results\":[\n");
      }
      long at = write(since);
      while (!isOver() && waitBehind(at)) {
        at = write(at);
      }
      switch (feed) {
        case NORMAL, LONGPOLL -> out.raw("\n],\n\"last_seq\":\"" + token(at) + "\"}\n");
        case CONTINUOUS -> out.raw("{\"last_seq\":\"" + token(at) + "\"}\n");
        case EVENTSOURCE -> {}
      }
    }

    private boolean isOver() {
      return left == 0 || feed == Feed.NORMAL || feed == Feed.LONGPOLL && !first;
    }

    private long write(long since) throws IOException {
      long end = Math.max(since, events.last());
      List<Event> found = events.read(since);
      for (Event event : parameters.descending() ? found.reversed() : found) {
        if (left == 0) {
          return parameters.descending() ? end : event.seq() - 1;
        }
        row(event);
        left--;
        end = Math.max(end, event.seq());
      }
      return end;
    }

    private void row(Event event) throws IOException {
      if (feed == Feed.EVENTSOURCE) {
        out.raw("data: ");
      } else if (!feed.isEndless() && !first) {
        out.raw(",\n");
      }
      first = false;
      out.raw("{\"db_name\":");
      out.string(event.database());
      out.raw(",\"type\":\"" + event.kind().name().toLowerCase(Locale.ROOT));
      out.raw("\",\"seq\":\"" + token(event.seq()) + "\"}");
      if (feed == Feed.EVENTSOURCE) {
        out.raw("\nid: \"" + token(event.seq()) + "\"\n\n");
      } else if (feed == Feed.CONTINUOUS) {
        out.raw("\n");
      }
    }

    /** Waits; says whether to go on. */
    private boolean waitBehind(long at) throws IOException {
      out.flush();
      Duration silence = parameters.silence();
      try {
        while (!events.await(at, silence)) {
          if (!parameters.heartbeat()) {
            return false;
          }
          out.raw(feed == Feed.EVENTSOURCE ? "event: heartbeat\ndata: \n\n" : "\n");
          out.flush();
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the node is shutting down");
      }
    }
  }
}
