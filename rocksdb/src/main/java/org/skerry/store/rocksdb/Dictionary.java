package org.skerry.store.rocksdb;

import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;

/**
 * A dictionary ready for use, in native memory. Any thread may use it; whoever made it closes it.
 */
final class Dictionary implements AutoCloseable {
  /** Level 3 made bodies 4 % smaller for half as much CPU again. */
  static final int LEVEL = 1;

  private final int id;
  private final ZstdDictCompress compressing;
  private final ZstdDictDecompress decompressing;

  Dictionary(int id, byte[] bytes) {
    this.id = id;
    this.compressing = new ZstdDictCompress(bytes, LEVEL);
    this.decompressing = new ZstdDictDecompress(bytes);
  }

  /** From 1; 0 stands for no dictionary. */
  int id() {
    return id;
  }

  ZstdDictCompress compressing() {
    return compressing;
  }

  ZstdDictDecompress decompressing() {
    return decompressing;
  }

  @Override
  public void close() {
    compressing.close();
    decompressing.close();
  }
}
