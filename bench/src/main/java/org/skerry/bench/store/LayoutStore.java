package org.skerry.bench.store;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdDictTrainer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The least that a layout needs to be measured: heads by document, changes by number, bodies as
 * {@link Layout} says. No revision trees, no conflicts.
 */
final class LayoutStore implements AutoCloseable {
  static {
    RocksDB.loadLibrary();
  }

  private static final int ID = 32;
  private static final int HEAD = 31;

  private final Layout layout;
  private final RocksDB db;
  private final ColumnFamilyHandle heads;
  private final ColumnFamilyHandle changes;
  private final ColumnFamilyHandle bodies;
  private final WriteOptions sync = new WriteOptions().setSync(true);
  private final ReadOptions read = new ReadOptions();
  private final ZstdCompressCtx packer = new ZstdCompressCtx();
  private final ZstdDecompressCtx unpacker = new ZstdDecompressCtx();
  private final byte[] buffer = new byte[1 << 16];

  LayoutStore(Path folder, Layout layout) throws RocksDBException {
    this.layout = layout;
    var handles = new ArrayList<ColumnFamilyHandle>();
    LRUCache cache = new LRUCache(32L << 20);
    db =
        RocksDB.open(
            new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxBackgroundJobs(2)
                .setBytesPerSync(1 << 20)
                .setDbWriteBufferSize(32 << 20),
            folder.toString(),
            List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family(cache, false)),
                new ColumnFamilyDescriptor(ascii("heads"), family(cache, false)),
                new ColumnFamilyDescriptor(ascii("changes"), family(cache, false)),
                new ColumnFamilyDescriptor(ascii("bodies"), family(cache, true))),
            handles);
    heads = handles.get(1);
    changes = handles.get(2);
    bodies = handles.get(3);
    if (layout.dictionary) {
      train();
    }
  }

  private ColumnFamilyOptions family(LRUCache cache, boolean holdsBodies) {
    boolean packed = holdsBodies && layout.dictionary;
    int block = holdsBodies ? (packed ? 4 << 10 : 16 << 10) : 8 << 10;
    return new ColumnFamilyOptions()
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setBlockSize(block)
                .setFilterPolicy(new BloomFilter(10, false)))
        .setWriteBufferSize(16 << 20)
        .setTargetFileSizeBase(16 << 20)
        .setMaxBytesForLevelBase(64 << 20)
        .setCompressionType(
            packed ? CompressionType.NO_COMPRESSION : CompressionType.LZ4_COMPRESSION)
        .setBottommostCompressionType(
            packed
                ? CompressionType.NO_COMPRESSION
                : holdsBodies ? CompressionType.ZSTD_COMPRESSION : CompressionType.LZ4_COMPRESSION);
  }

  private void train() {
    ZstdDictTrainer trainer = new ZstdDictTrainer(4 << 20, 32 << 10);
    for (int n = 0; n < 2_000; n++) {
      trainer.addSample(Reports.body(n));
    }
    byte[] dictionary = trainer.trainSamples();
    packer.loadDict(new ZstdDictCompress(dictionary, 1));
    unpacker.loadDict(new ZstdDictDecompress(dictionary));
  }

  /** Writes reports {@code from} to {@code to} as one group: one batch, one fsync. */
  void write(int from, byte[][] documents) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (int i = 0; i < documents.length; i++) {
        int n = from + i;
        byte[] id = ascii(Reports.id(n));
        byte[] hash = Reports.hash(n);
        if (db.get(heads, read, headKey(id), buffer) != RocksDB.NOT_FOUND) {
          throw new IllegalStateException("written twice: " + n);
        }
        batch.put(
            heads, headKey(id), ByteBuffer.allocate(HEAD).putLong(7, n).put(15, hash).array());
        batch.put(changes, numberKey(n), ByteBuffer.allocate(50).put(id).put(hash).array());
        batch.put(bodies, bodyKey(id, hash, n), pack(documents[i]));
      }
      db.write(sync, batch);
    }
  }

  /** The same bytes, one key each: what raw RocksDB does with them. */
  void writeRaw(int from, byte[][] documents) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (int i = 0; i < documents.length; i++) {
        batch.put(bodies, headKey(ascii(Reports.id(from + i))), documents[i]);
      }
      db.write(sync, batch);
    }
  }

  long changesWithBodies() throws RocksDBException {
    long bytes = 0;
    byte[] row = new byte[64];
    try (RocksIterator rows = db.newIterator(changes, read);
        RocksIterator values = db.newIterator(bodies, read)) {
      values.seekToFirst();
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        rows.value(row, 0, row.length);
        if (layout.byDocument) {
          byte[] key = bodyKey(Arrays.copyOf(row, ID), Arrays.copyOfRange(row, ID, ID + 16), 0);
          bytes += unpack(db.get(bodies, read, key, buffer)).length;
        } else {
          bytes += unpack(values.value(buffer, 0, buffer.length)).length;
          values.next();
        }
      }
    }
    return bytes;
  }

  long documentsWithBodies() throws RocksDBException {
    long bytes = 0;
    byte[] head = new byte[64];
    try (RocksIterator rows = db.newIterator(heads, read);
        RocksIterator values = db.newIterator(bodies, read)) {
      values.seekToFirst();
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        rows.value(head, 0, head.length);
        if (layout.byDocument) {
          bytes += unpack(values.value(buffer, 0, buffer.length)).length;
          values.next();
        } else {
          byte[] key = numberKey(ByteBuffer.wrap(head).getLong(7));
          bytes += unpack(db.get(bodies, read, key, buffer)).length;
        }
      }
    }
    return bytes;
  }

  byte[] get(int n) throws RocksDBException {
    byte[] id = ascii(Reports.id(n));
    byte[] head = new byte[64];
    db.get(heads, read, headKey(id), head);
    byte[] key = bodyKey(id, Arrays.copyOfRange(head, 15, 31), ByteBuffer.wrap(head).getLong(7));
    return unpack(db.get(bodies, read, key, buffer));
  }

  void compact() throws RocksDBException {
    for (ColumnFamilyHandle family : List.of(heads, changes, bodies)) {
      db.compactRange(family);
    }
  }

  private byte[] pack(byte[] body) {
    if (!layout.dictionary) {
      return body;
    }
    byte[] packed = packer.compress(body);
    return ByteBuffer.allocate(2 + packed.length).putShort((short) body.length).put(packed).array();
  }

  private byte[] unpack(int length) {
    if (!layout.dictionary) {
      return Arrays.copyOf(buffer, length);
    }
    byte[] body = new byte[ByteBuffer.wrap(buffer).getShort()];
    unpacker.decompressByteArray(body, 0, body.length, buffer, 2, length - 2);
    return body;
  }

  private byte[] bodyKey(byte[] id, byte[] hash, long n) {
    return layout.byDocument
        ? ByteBuffer.allocate(4 + ID + 16).putInt(1).put(id).put(hash).array()
        : numberKey(n);
  }

  private static byte[] headKey(byte[] id) {
    return ByteBuffer.allocate(4 + ID).putInt(1).put(id).array();
  }

  private static byte[] numberKey(long n) {
    return ByteBuffer.allocate(12).putInt(1).putLong(n).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    heads.close();
    changes.close();
    bodies.close();
    db.close();
  }
}
