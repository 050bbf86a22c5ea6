package org.skerry.store.rocksdb;

import java.nio.file.Path;
import org.skerry.store.FolderStoreContract;
import org.skerry.store.Store;

/** The contract, on RocksDB. */
class RocksStoreTest extends FolderStoreContract {
  @Override
  protected Store open(Path folder) {
    return RocksStore.open(folder);
  }
}
