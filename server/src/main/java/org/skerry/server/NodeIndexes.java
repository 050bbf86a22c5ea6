package org.skerry.server;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.skerry.atom.FeedRoutes;
import org.skerry.atom.Feeds;
import org.skerry.audit.AuditLog;
import org.skerry.conflict.Conflicts;
import org.skerry.database.Databases;
import org.skerry.fhir.provenance.SettlementProvenance;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.CouchApi;
import org.skerry.index.Indexes;
import org.skerry.script.Scripts;
import org.skerry.store.StoreException;
import org.skerry.store.ordered.OrderedStore;
import org.skerry.store.rocksdb.RocksOrderedStore;
import org.skerry.view.Views;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's indexes and feeds, in a folder of their own below its data. They go when their database
 * is dropped; what was left of databases that are gone is removed behind the start.
 */
final class NodeIndexes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeIndexes.class);
  private static final String FOLDER = "indexes";

  private final OrderedStore store;
  private final Indexes indexes;
  private final Views views;
  private final Conflicts conflicts;
  private final Feeds feeds;

  NodeIndexes(Path data, Databases databases, Scripts scripts, AuditLog audit) {
    this.store = RocksOrderedStore.open(data.resolve(FOLDER));
    this.indexes = new Indexes(store, scripts.threads());
    this.views = new Views(indexes, scripts);
    this.conflicts =
        new Conflicts(databases, store, scripts, audit, InstantSource.system())
            .onSettled(new SettlementProvenance())
            .start();
    this.feeds = new Feeds(databases, store, InstantSource.system());
    databases.onDrop((name, incarnation) -> indexes.dropAll(incarnation));
    Thread.ofPlatform().name("skerry-index-sweep").daemon().start(() -> sweep(databases));
  }

  private void sweep(Databases databases) {
    try {
      indexes.sweep(databases);
    } catch (StoreException e) {
      // Left for the next start.
      LOG.debug("indexes of dropped databases may be left", e);
    }
  }

  /** Has that API answer from them. */
  void serve(CouchApi api) {
    api.with(views).with(conflicts);
  }

  /** Feeds of what changed, through HTTP. */
  List<Route> feeds(AccessControl access) {
    return FeedRoutes.of(feeds, access::readsAll);
  }

  /** Where conflicts are settled. */
  Conflicts conflicts() {
    return conflicts;
  }

  /** All of the node's indexes. */
  Indexes indexes() {
    return indexes;
  }

  @Override
  public void close() {
    feeds.close();
    conflicts.close();
    indexes.close();
    store.close();
  }
}
