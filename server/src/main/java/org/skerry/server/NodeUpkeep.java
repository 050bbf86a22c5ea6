package org.skerry.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.collation.CollatedText;
import org.skerry.database.DatabaseEvents;
import org.skerry.database.Databases;
import org.skerry.http.HttpServer;
import org.skerry.http.RequestLog;
import org.skerry.http.couch.CompactionRule;
import org.skerry.http.couch.CouchApi;
import org.skerry.http.couch.NodeState;
import org.skerry.http.couch.Upkeep;
import org.skerry.http.couch.stats.Stats;
import org.skerry.replication.Replicator;
import org.skerry.server.settings.UpkeepSettings;
import org.skerry.store.Store;
import org.skerry.store.rocksdb.RocksStore;

/** How a node looks after itself: its figures, what it says of itself, compaction. */
final class NodeUpkeep implements AutoCloseable {
  private static final String COUCHDB = "couchdb/";

  private final UpkeepSettings settings;
  private final NodeState state;
  private final Path checkpoints;
  private final Stats stats = new Stats();
  private Optional<AutoCloseable> daemon = Optional.empty();

  /**
   * The upkeep of a node that is being started.
   *
   * @param data the node's folder
   * @param maintenance CouchDB's {@code maintenance_mode}, when it is set
   */
  NodeUpkeep(UpkeepSettings settings, Path data, Supplier<Optional<String>> maintenance) {
    this.settings = settings;
    this.checkpoints = data.toAbsolutePath().normalize().resolve("checkpoints");
    this.state = new NodeState(maintenance);
  }

  /** Where copies stand on their way to a backup. */
  Path checkpoints() {
    return checkpoints;
  }

  /** Has the API tell of this node, and begins to compact. */
  void begin(CouchApi api, Databases databases, Replicator replicator) {
    count(databases, replicator);
    api.tellingOf(new Upkeep(state, stats, versions(), Optional.of(checkpoints)));
    if (settings.compactionRatio() > 0) {
      CompactionRule rule =
          new CompactionRule(
              settings.compactionRatio(),
              CompactionRule.DEFAULT.leastBytes(),
              settings.compactionSlackBytes());
      daemon = Optional.of(api.compactingByItself(rule, settings.compactionPause()));
    }
  }

  /** The node's figures, for those who have more to count. */
  Stats stats() {
    return stats;
  }

  /** Hears of the requests that the server answers. */
  void watch(HttpServer server) {
    stats.gauge(
        COUCHDB + "httpd/open_connections", "number of open connections", server::connections);
    FileHandles.forConnections().ifPresent(server::limitConnections);
    server.tell(stats.and(new RequestLog()));
  }

  private void count(Databases databases, Replicator replicator) {
    DatabaseEvents events = databases.events();
    Store store = databases.store();
    stats.counter(
        COUCHDB + "database_writes", "number of times a database was changed", events::changes);
    stats.counter(
        COUCHDB + "document_writes", "number of document write operations", events::writes);
    stats.counter(
        COUCHDB + "database_reads",
        "number of times a document was read from a database",
        events::reads);
    stats.gauge(
        COUCHDB + "open_databases", "number of open databases", () -> databases.opened().size());
    stats.gauge(COUCHDB + "databases", "number of databases", () -> store.names().size());
    stats.gauge(
        COUCHDB + "httpd/clients_requesting_changes",
        "number of feeds that wait for changes",
        () -> databases.opened().stream().mapToInt(one -> one.changes().waiting()).sum());
    stats.gauge(
        "couch_replicator/jobs/running",
        "replicator scheduler jobs running",
        () -> replicator.running().size());
    store
        .figures()
        .keySet()
        .forEach(
            name ->
                stats.gauge(
                    "store/" + name,
                    "the store's " + name.replace('_', ' '),
                    () -> store.figures().getOrDefault(name, 0L)));
  }

  private static Map<String, Map<String, String>> versions() {
    Map<String, Map<String, String>> versions = new HashMap<>();
    versions.put("skerry", Map.of("version", Version.text()));
    versions.put(
        "java",
        Map.of(
            "version",
            Runtime.version().toString(),
            "vendor",
            System.getProperty("java.vendor", "unknown")));
    versions.put("store", Map.of("name", "rocksdb", "version", RocksStore.version()));
    versions.put(
        "collation_driver",
        Map.of("name", "icu4j", "library_version", CollatedText.libraryVersion()));
    return versions;
  }

  /** Says that the node ends, and gives those who send it work the time to notice. */
  void announceEnd() {
    state.stopping();
    Duration drain = settings.drain();
    if (!drain.isZero()) {
      try {
        Thread.sleep(drain);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    daemon.ifPresent(
        one -> {
          try {
            one.close();
          } catch (Exception e) {
            throw new IllegalStateException("compaction could not be ended", e);
          }
        });
  }
}
