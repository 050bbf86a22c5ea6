package org.skerry.store.rocksdb;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.Snapshot;

/** One moment of all families. Holding one keeps RocksDB from forgetting what was deleted since. */
final class View implements AutoCloseable {
  private final RocksDB db;
  private final Snapshot snapshot;
  private final ReadOptions options;

  View(RocksDB db) {
    this.db = db;
    this.snapshot = db.getSnapshot();
    this.options = new ReadOptions().setVerifyChecksums(true).setSnapshot(snapshot);
  }

  ReadOptions options() {
    return options;
  }

  @Override
  public void close() {
    options.close();
    db.releaseSnapshot(snapshot);
    snapshot.close();
  }
}
