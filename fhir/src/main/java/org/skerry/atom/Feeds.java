package org.skerry.atom;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.database.Database;
import org.skerry.database.DatabaseOptions;
import org.skerry.database.Databases;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** A node's feeds. Any thread may call. */
public final class Feeds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
  private static final JsonMapper MAPPER = JsonIn.mapper();

  /** Behind the incarnation of the database of events; a dot, as all but views have. */
  private static final String SPACE = "/.feed/";

  private final Databases databases;
  private final OrderedStore store;
  private final InstantSource clock;
  private final Map<String, Known> definitions = new ConcurrentHashMap<>();
  private final Map<String, Feed> feeds = new ConcurrentHashMap<>();

  /** A definition as it was read, of that revision. */
  private record Known(String rev, Optional<FeedDefinition> definition) {}

  /**
   * The feeds of these databases, whose definitions are guarded from now on.
   *
   * @param store keeps what is derived; the caller's to close, after this
   */
  public Feeds(Databases databases, OrderedStore store, InstantSource clock) {
    this.databases = databases;
    this.store = store;
    this.clock = clock;
    Guards.put(databases);
    databases.onDrop((name, incarnation) -> forget(name));
  }

  private void forget(String database) {
    if (database.equals(EventLog.DATABASE)) {
      List<Feed> gone = new ArrayList<>(feeds.values());
      feeds.values().removeAll(gone);
      gone.forEach(Feed::close);
    }
  }

  /** What is told in a category, if anything. */
  Optional<FeedDefinition> definition(String category) {
    if (!FeedDefinition.CATEGORY.matcher(category).matches()) {
      return Optional.empty();
    }
    return databases
        .find(FeedDefinition.DATABASE)
        .flatMap(database -> document(database, DocId.of(category)))
        .filter(document -> !document.deleted())
        .flatMap(this::known);
  }

  private static Optional<StoredDocument> document(Database database, DocId id) {
    List<StoredDocument> found = new ArrayList<>(1);
    database.store().load(List.of(id), Fields.WINNER, found::add);
    return found.stream().findFirst();
  }

  private Optional<FeedDefinition> known(StoredDocument document) {
    String rev = document.winner().rev().toString();
    return definitions
        .compute(
            document.id().text(),
            (category, before) ->
                before != null && before.rev().equals(rev)
                    ? before
                    : new Known(rev, read(document)))
        .definition();
  }

  private Optional<FeedDefinition> read(StoredDocument document) {
    try {
      return Optional.of(
          DefinitionReader.read(
              document.id().text(),
              MAPPER.readTree(document.revisions().getFirst().body().json()),
              Databases::isName));
    } catch (InvalidFeedException e) {
      // Of another version of this program, perhaps: the guard let it in there.
      LOG.warn("document {} of _feeds describes no feed: {}", document.id(), e.getMessage());
      return Optional.empty();
    }
  }

  /** The database for whose documents a feed speaks, if it is here. */
  Optional<Database> source(FeedDefinition definition) {
    return databases.find(definition.database());
  }

  /** A category's feed as it is, before it tells of what changed since. */
  Feed feed(FeedDefinition definition) {
    return feeds.computeIfAbsent(definition.category(), this::open);
  }

  private Feed open(String category) {
    EventLog log = new EventLog(events(), category);
    OrderedSpace space = store.open(log.incarnation() + SPACE + category);
    Published published = new Published(space);
    try {
      published.state();
    } catch (DamagedException e) {
      LOG.warn("what feed {} told is read again from its events: {}", category, e.getMessage());
      store.drop(space.name());
      published = new Published(store.open(space.name()));
    }
    return new Feed(log, new Numbering(log, published, clock));
  }

  private Database events() {
    Database database = databases.findOrCreate(EventLog.DATABASE);
    if (!database.options().appendOnly()) {
      database.options(new DatabaseOptions(true));
    }
    return database;
  }

  /** Numbers no more events. */
  @Override
  public void close() {
    feeds.values().forEach(Feed::close);
  }
}
