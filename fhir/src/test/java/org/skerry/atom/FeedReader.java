package org.skerry.atom;

import com.sun.syndication.feed.atom.Category;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ict4h.atomfeed.client.AtomFeedProperties;
import org.ict4h.atomfeed.client.domain.Event;
import org.ict4h.atomfeed.client.repository.AllFeeds;
import org.ict4h.atomfeed.client.repository.jdbc.AllFailedEventsJdbcImpl;
import org.ict4h.atomfeed.client.repository.jdbc.AllMarkersJdbcImpl;
import org.ict4h.atomfeed.client.service.AtomFeedClient;
import org.ict4h.atomfeed.client.service.EventWorker;
import org.ict4h.atomfeed.jdbc.AtomFeedJdbcTransactionManager;

/**
 * The real reader, {@code org.ict4h:atomfeed-client}, with its tables as its own migrations make
 * them. One thread.
 */
final class FeedReader implements AutoCloseable {
  private static final String[] TABLES = {
    "create table markers (feed_uri varchar(255) primary key, last_read_entry_id varchar(255),"
        + " feed_uri_for_last_read_entry varchar(255))",
    "create table failed_events (id serial primary key, feed_uri varchar(255), failed_at timestamp,"
        + " error_message varchar(4000), event_id varchar(255), event_content varchar(4000),"
        + " error_hash_code int, title varchar(255), retries int default 0, tags varchar(255))",
    "create table failed_event_retry_log (id serial primary key, feed_uri varchar(255),"
        + " failed_at timestamp, error_message varchar(4000), event_id varchar(255),"
        + " event_content varchar(4000), error_hash_code int)"
  };

  private final Connection connection;
  private final AtomFeedClient client;
  private final List<Event> processed = new ArrayList<>();
  private Predicate<Event> poison = event -> false;

  FeedReader(URI feed, Map<String, String> cookies) throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:");
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(table);
      }
    }
    AtomFeedProperties properties = new AtomFeedProperties();
    client =
        new AtomFeedClient(
            new AllFeeds(properties, cookies),
            new AllMarkersJdbcImpl(() -> connection),
            new AllFailedEventsJdbcImpl(() -> connection),
            properties,
            new AtomFeedJdbcTransactionManager(() -> connection),
            feed,
            new Worker());
  }

  /** Takes what it is given, but for what is poisoned. */
  private final class Worker implements EventWorker {
    @Override
    public void process(Event event) {
      if (poison.test(event)) {
        throw new IllegalStateException("poisoned: " + event.getContent());
      }
      processed.add(event);
    }

    @Override
    public void cleanUp(Event event) {
      // Nothing was kept.
    }
  }

  /** From now on these events cannot be processed. */
  void poison(Predicate<Event> which) {
    poison = which;
  }

  void read() {
    client.processEvents();
  }

  void retryFailed() {
    client.processFailedEvents();
  }

  /** What was processed, in that order. */
  List<Event> processed() {
    return List.copyOf(processed);
  }

  /** The links of what was processed. */
  List<String> contents() {
    return processed.stream().map(Event::getContent).toList();
  }

  /** What an event's categories say, in their order. */
  static List<String> terms(Event event) {
    List<?> categories = event.getCategories();
    return categories.stream().map(Category.class::cast).map(Category::getTerm).toList();
  }

  long failed() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from failed_events")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The page on which it stands. */
  String marker() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select feed_uri_for_last_read_entry from markers")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
