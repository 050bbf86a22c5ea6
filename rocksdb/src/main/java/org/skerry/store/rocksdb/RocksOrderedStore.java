package org.skerry.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.skerry.store.StoreException;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedStore;

/**
 * Derived data on RocksDB, in a database of their own beside that of the documents. Opening reads
 * the spaces' names and replays at most 64 MB of log. What cannot be opened is thrown away, with
 * the reason in the log: it is computed again.
 *
 * <p>Any thread may call. Keys begin with the space's number (4 bytes); number 0 holds the names.
 */
public final class RocksOrderedStore implements OrderedStore {
  private static final System.Logger LOG = System.getLogger(RocksOrderedStore.class.getName());

  /** What the bytes mean; of another format everything is thrown away. */
  private static final byte FORMAT = 1;

  private static final int NAMES = 0;
  private static final byte[] FORMAT_KEY = Keys.database(NAMES);
  private static final byte NAME = 'N';

  private final SpaceTables tables;
  private final Gate gate = new Gate();
  private final Recovery recovery;
  private final ReentrantLock naming = new ReentrantLock();
  private final ConcurrentSkipListMap<String, RocksSpace> spaces =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(
              name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
  private int nextNumber = 1;

  private RocksOrderedStore(SpaceTables tables) {
    this.tables = tables;
    this.recovery = new Recovery(tables.folder(), gate, this::probe, this::reopen);
    tables.tellOfRefusals(recovery::refused);
    byte[] format = tables.find(tables.latest(), FORMAT_KEY);
    if (format == null) {
      writeFormat();
    } else if (format.length != 1 || format[0] != FORMAT) {
      throw new DamagedException("another format", new IllegalStateException());
    }
    readNames();
  }

  private void writeFormat() {
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(FORMAT_KEY, new byte[] {FORMAT});
      tables.write(batch);
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  private void probe() {
    try (var _ = gate.enter()) {
      writeFormat();
    }
  }

  /** Readings that are open see an older state of native memory, so they end. */
  private void reopen() {
    spaces.values().forEach(RocksSpace::closeViews);
    tables.reopen();
  }

  /**
   * Opens the store in a folder, and creates it when there is none or what is there is of no use.
   *
   * @throws StoreException when the folder is in use, or cannot be written
   */
  public static RocksOrderedStore open(Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(place);
      return over(new SpaceTables(place));
    } catch (DamagedException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the indexes in {0} are thrown away and will be built anew: {1}",
          place,
          e.getMessage());
    } catch (IOException e) {
      throw cannotUse(place, e);
    }
    try {
      empty(place);
    } catch (IOException e) {
      throw cannotUse(place, e);
    }
    return over(new SpaceTables(place));
  }

  private static RocksOrderedStore over(SpaceTables tables) {
    try {
      return new RocksOrderedStore(tables);
    } catch (RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  private static StoreException cannotUse(Path place, IOException e) {
    return new StoreException(
        "cannot use the folder of indexes " + place + ": " + e + ". Check disk and permissions", e);
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void readNames() {
    byte[] prefix = nameKey("");
    try (Cursor cursor = tables.cursor(tables.latest())) {
      for (cursor.seek(prefix); cursor.within(prefix); cursor.next()) {
        byte[] key = cursor.key();
        String name =
            new String(key, prefix.length, key.length - prefix.length, StandardCharsets.UTF_8);
        int number = ByteBuffer.wrap(cursor.value()).getInt();
        spaces.put(name, new RocksSpace(name, number, tables, gate));
        nextNumber = Math.max(nextNumber, number + 1);
      }
    }
    // Numbers of dropped spaces are not given again: their data may still be there.
    try (Cursor cursor = tables.cursor(tables.latest())) {
      cursor.seekBack(Keys.database(-1));
      if (cursor.valid()) {
        nextNumber = Math.max(nextNumber, ByteBuffer.wrap(cursor.key()).getInt() + 1);
      }
    }
  }

  private static byte[] nameKey(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Keys.PREFIX + 1 + text.length)
        .putInt(NAMES)
        .put(NAME)
        .put(text)
        .array();
  }

  @Override
  public List<String> names() {
    try (var _ = gate.enter()) {
      return List.copyOf(spaces.keySet());
    }
  }

  @Override
  public Optional<OrderedSpace> find(String name) {
    try (var _ = gate.enter()) {
      return Optional.ofNullable(spaces.get(name));
    }
  }

  @Override
  public OrderedSpace open(String name) {
    try (var _ = gate.enter()) {
      naming.lock();
      try (WriteBatch batch = new WriteBatch()) {
        RocksSpace known = spaces.get(name);
        if (known != null) {
          return known;
        }
        RocksSpace space = new RocksSpace(name, nextNumber, tables, gate);
        batch.put(nameKey(name), Keys.database(nextNumber));
        tables.write(batch);
        nextNumber++;
        spaces.put(name, space);
        return space;
      } catch (RocksDBException e) {
        throw Faults.writing(e);
      } finally {
        naming.unlock();
      }
    }
  }

  @Override
  public boolean drop(String name) {
    try (var _ = gate.enter()) {
      naming.lock();
      try (WriteBatch batch = new WriteBatch()) {
        RocksSpace space = spaces.get(name);
        if (space == null) {
          return false;
        }
        space.drop();
        batch.delete(nameKey(name));
        batch.deleteRange(Keys.database(space.number()), Keys.database(space.number() + 1));
        tables.write(batch);
        spaces.remove(name);
        Chores.run(() -> tables.dropFiles(space.number()));
        return true;
      } catch (RocksDBException e) {
        throw Faults.writing(e);
      } finally {
        naming.unlock();
      }
    }
  }

  @Override
  public void close() {
    recovery.close();
    if (!gate.shut()) {
      return;
    }
    spaces.values().forEach(RocksSpace::closeViews);
    try {
      Chores.run(tables::flush);
    } catch (StoreException e) {
      // What is not in table files is in the log.
      LOG.log(System.Logger.Level.WARNING, e.getMessage());
    } finally {
      tables.close();
    }
  }
}
