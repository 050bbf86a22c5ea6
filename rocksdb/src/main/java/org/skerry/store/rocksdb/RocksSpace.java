package org.skerry.store.rocksdb;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;
import org.skerry.store.ordered.SpaceGoneException;

/** A space: the part of the keys that begins with its number. Any thread. */
final class RocksSpace implements OrderedSpace {
  private final String name;
  private final int number;
  private final SpaceTables tables;
  private final Gate gate;
  private final Set<SpaceView> views = ConcurrentHashMap.newKeySet();

  /** Volatile: set once by whoever drops the space. */
  private volatile boolean dropped;

  RocksSpace(String name, int number, SpaceTables tables, Gate gate) {
    this.name = name;
    this.number = number;
    this.tables = tables;
    this.gate = gate;
  }

  @Override
  public String name() {
    return name;
  }

  int number() {
    return number;
  }

  SpaceTables tables() {
    return tables;
  }

  void drop() {
    dropped = true;
  }

  /** A call that is inside the store, on a space that is there. */
  Gate.Pass enter() {
    Gate.Pass pass = gate.enter();
    if (dropped) {
      pass.close();
      throw new SpaceGoneException(name);
    }
    return pass;
  }

  /** For what must be given back even when the space was dropped. */
  Gate gate() {
    return gate;
  }

  byte[] key(byte[] key) {
    byte[] full = new byte[Keys.PREFIX + key.length];
    for (int i = 0; i < Keys.PREFIX; i++) {
      full[i] = (byte) (number >>> Byte.SIZE * (Keys.PREFIX - 1 - i));
    }
    System.arraycopy(key, 0, full, Keys.PREFIX, key.length);
    return full;
  }

  /** Whether a key of the tables belongs to this space. */
  boolean has(byte[] full) {
    return Arrays.equals(full, 0, Keys.PREFIX, Keys.database(number), 0, Keys.PREFIX);
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    try (var _ = enter()) {
      return Optional.ofNullable(tables.find(tables.latest(), key(key)));
    }
  }

  @Override
  public void write(OrderedBatch batch) {
    try (var _ = enter();
        WriteBatch changes = new WriteBatch()) {
      for (OrderedBatch.Change change : batch.changes()) {
        switch (change) {
          case OrderedBatch.Change.Put(byte[] key, byte[] value) -> changes.put(key(key), value);
          case OrderedBatch.Change.Delete(byte[] key) -> changes.delete(key(key));
          case OrderedBatch.Change.DeleteRange(byte[] from, Optional<byte[]> to) -> {
            byte[] end = to.map(this::key).orElseGet(() -> Keys.database(number + 1));
            if (Arrays.compareUnsigned(key(from), end) < 0) {
              changes.deleteRange(key(from), end);
            }
          }
        }
      }
      tables.write(changes);
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  @Override
  public OrderedView view() {
    try (var _ = enter()) {
      SpaceView view = new SpaceView(this);
      views.add(view);
      return view;
    }
  }

  void forget(SpaceView view) {
    views.remove(view);
  }

  /** When nobody is inside any more: frees what is still open. */
  void closeViews() {
    views.forEach(SpaceView::free);
    views.clear();
  }

  @Override
  public long bytes() {
    try (var _ = enter()) {
      return tables.size(number);
    }
  }
}
