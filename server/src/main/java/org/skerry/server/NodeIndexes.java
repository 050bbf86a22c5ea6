package org.skerry.server;

import java.nio.file.Path;
import org.skerry.database.Databases;
import org.skerry.http.couch.CouchApi;
import org.skerry.index.BuildListener;
import org.skerry.index.Indexes;
import org.skerry.store.ordered.OrderedStore;
import org.skerry.store.rocksdb.RocksOrderedStore;

/**
 * A node's indexes, in a folder of their own below its data. They go when their database is
 * dropped; what was left of databases that are gone is removed at the start.
 */
final class NodeIndexes implements AutoCloseable {
  private static final String FOLDER = "indexes";

  private final OrderedStore store;
  private final Indexes indexes;

  NodeIndexes(Path data, Databases databases) {
    this.store = RocksOrderedStore.open(data.resolve(FOLDER));
    this.indexes = new Indexes(store, BuildListener.NOBODY);
    databases.onDrop((name, incarnation) -> indexes.dropAll(incarnation));
    indexes.sweep(databases);
  }

  /** Has that API answer from them. */
  void serve(CouchApi api) {
    api.with(indexes);
  }

  @Override
  public void close() {
    indexes.close();
    store.close();
  }
}
