package org.skerry.store.ordered;

import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.skerry.store.StoreException;

/**
 * A space in memory. The map that is current is never changed: a batch makes a new one when a view
 * may hold the old. Any thread may call; one lock.
 */
final class MemorySpace implements OrderedSpace {
  private final String name;
  private TreeMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);

  /** Whether somebody may look at {@link #map} without the lock. */
  private boolean shared;

  private Optional<Supplier<StoreException>> ended = Optional.empty();

  MemorySpace(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  synchronized void end(Supplier<StoreException> why) {
    ended = Optional.of(why);
    map = new TreeMap<>(Arrays::compareUnsigned);
  }

  private synchronized void check() {
    if (ended.isPresent()) {
      throw ended.get().get();
    }
  }

  @Override
  public synchronized Optional<byte[]> get(byte[] key) {
    check();
    return Optional.ofNullable(map.get(key));
  }

  @Override
  public synchronized void write(OrderedBatch batch) {
    check();
    if (shared) {
      map = new TreeMap<>(map);
      shared = false;
    }
    for (OrderedBatch.Change change : batch.changes()) {
      switch (change) {
        case OrderedBatch.Change.Put(byte[] key, byte[] value) -> map.put(key, value);
        case OrderedBatch.Change.Delete(byte[] key) -> map.remove(key);
        case OrderedBatch.Change.DeleteRange(byte[] from, Optional<byte[]> to) -> {
          if (to.isEmpty()) {
            map.tailMap(from, true).clear();
          } else if (Arrays.compareUnsigned(from, to.get()) < 0) {
            map.subMap(from, true, to.get(), false).clear();
          }
        }
      }
    }
  }

  @Override
  public synchronized OrderedView view() {
    check();
    shared = true;
    return new View(map);
  }

  @Override
  public synchronized long bytes() {
    check();
    return map.entrySet().stream()
        .mapToLong(entry -> entry.getKey().length + entry.getValue().length)
        .sum();
  }

  /** The map of one moment, which nobody changes any more. */
  private final class View implements OrderedView {
    private final TreeMap<byte[], byte[]> moment;

    View(TreeMap<byte[], byte[]> moment) {
      this.moment = moment;
    }

    @Override
    public byte @Nullable [] find(byte[] key) {
      check();
      return moment.get(key);
    }

    @Override
    public OrderedCursor cursor() {
      check();
      return new Cursor(moment);
    }

    @Override
    public void close() {
      // The map is the garbage collector's.
    }
  }

  private final class Cursor implements OrderedCursor {
    private final TreeMap<byte[], byte[]> moment;
    private Optional<Map.Entry<byte[], byte[]>> at = Optional.empty();

    Cursor(TreeMap<byte[], byte[]> moment) {
      this.moment = moment;
    }

    private boolean move(Map.@Nullable Entry<byte[], byte[]> to) {
      check();
      at = Optional.ofNullable(to);
      return at.isPresent();
    }

    private Map.Entry<byte[], byte[]> entry() {
      return at.orElseThrow(() -> new NoSuchElementException("the cursor stands on no key"));
    }

    @Override
    public boolean seek(byte[] key) {
      return move(moment.ceilingEntry(key));
    }

    @Override
    public boolean seekBack(byte[] key) {
      return move(moment.floorEntry(key));
    }

    @Override
    public boolean next() {
      return move(moment.higherEntry(entry().getKey()));
    }

    @Override
    public boolean previous() {
      return move(moment.lowerEntry(entry().getKey()));
    }

    @Override
    public byte[] key() {
      return entry().getKey();
    }

    @Override
    public byte[] value() {
      return entry().getValue();
    }

    @Override
    public void close() {
      // Nothing to give back.
    }
  }
}
