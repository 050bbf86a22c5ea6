package org.skerry.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDB;
import org.skerry.store.Capabilities;
import org.skerry.store.DocumentStore;
import org.skerry.store.Properties;
import org.skerry.store.Store;
import org.skerry.store.StoreException;
import org.skerry.store.StoreFullException;
import org.skerry.store.StoreHealth;
import org.skerry.store.subset.KeptSubsets;

/**
 * The embedded store: all of a node's databases in one folder, by RocksDB. One process at a time
 * may have it open. Opening reads the names of the databases and replays at most 64 MB of log.
 *
 * <p>Any thread may call. Writes meet in one platform thread (see {@code GroupWriter}); reads run
 * where the caller is, and pin a virtual thread's carrier for the microseconds that they take.
 */
public final class RocksStore implements Store {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final StoreFolder folder;
  private final String id;
  private final Tables tables;
  private final Recovery recovery;
  private final GroupWriter writer;
  private final Gate gate = new Gate();
  private final Packers packers = new Packers();
  private final Courtesy courtesy = new Courtesy();
  private final RocksProperties properties;
  private final Map<Integer, RocksDocuments> open = new ConcurrentHashMap<>();
  private final DatabaseNames names;

  /** Held while a database is created, dropped, or opened for the first time. */
  private final ReentrantLock naming = new ReentrantLock();

  private RocksStore(StoreFolder folder, Optional<String> expectedId, Tables tables) {
    this.folder = folder;
    this.tables = tables;
    this.recovery = new Recovery(folder.database(), gate, this::probe, this::reopen);
    this.writer = new GroupWriter(tables, recovery::refused);
    this.properties = new RocksProperties(tables, writer, Keys.NODE, gate::enter);
    try {
      this.id = identify(expectedId);
      this.names = new DatabaseNames(tables, writer);
    } catch (RuntimeException | Error e) {
      recovery.close();
      writer.close();
      throw e;
    }
  }

  /**
   * Opens the store in a folder with default settings, and creates it when the folder is missing or
   * empty.
   *
   * @throws StoreException when the folder is in use, holds something else, was written by a newer
   *     format, or is damaged; the message says what to do
   */
  public static RocksStore open(Path folder) {
    return open(folder, RocksOptions.DEFAULT);
  }

  /** As {@link #open(Path)}, with settings. */
  public static RocksStore open(Path folder, RocksOptions options) {
    StoreFolder place = new StoreFolder(folder.toAbsolutePath().normalize());
    Optional<String> expectedId = place.prepare();
    LogCheck.check(place.database());
    Tables tables = new Tables(place.database(), options);
    try {
      return new RocksStore(place, expectedId, tables);
    } catch (RuntimeException | Error e) {
      tables.close();
      throw e;
    }
  }

  /** Finds out that folder and database belong together; names them when they are new. */
  private String identify(Optional<String> expected) {
    byte[] key = Keys.meta(Keys.NODE, Keys.Kind.STORE);
    Optional<String> found =
        tables.get(Family.META, tables.latest(), key).map(HexFormat.of()::formatHex);
    if (expected.isPresent() && !expected.equals(found)) {
      throw new StoreException(
          "the folder "
              + folder.path()
              + " mixes files of two stores: "
              + StoreFolder.FORMAT_FILE
              + " names "
              + expected.get()
              + ", the database "
              + found.orElse("nothing")
              + ". Restore the folder from a checkpoint");
    }
    String name = found.orElseGet(RocksStore::randomId);
    if (found.isEmpty()) {
      writer.write(
          group -> {
            group.put(Family.META, key, HexFormat.of().parseHex(name));
            return true;
          });
    }
    if (expected.isEmpty() || folder.isOlder()) {
      folder.write(name);
    }
    return name;
  }

  private static String randomId() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public List<String> names() {
    try (var _ = gate.enter()) {
      return names.all();
    }
  }

  @Override
  public Optional<DocumentStore> create(String name) {
    try (var _ = gate.enter()) {
      naming.lock();
      try {
        if (names.find(name).isPresent()) {
          return Optional.empty();
        }
        return Optional.of(database(name, names.create(name)));
      } finally {
        naming.unlock();
      }
    }
  }

  /**
   * Gives the store and each of its databases another life: to be called on a copy, once, before
   * anybody uses it. Positions of the life that went on elsewhere are recognised from then on.
   *
   * @return the databases' names
   */
  public static List<String> beginAnotherLife(Path folder) {
    try (RocksStore store = open(folder)) {
      String other = randomId();
      store.writer.write(
          group -> {
            store.names.putOtherLives(group);
            group.put(
                Family.META, Keys.meta(Keys.NODE, Keys.Kind.STORE), HexFormat.of().parseHex(other));
            return true;
          });
      store.folder.write(other);
      return store.names();
    }
  }

  @Override
  public Optional<DocumentStore> find(String name) {
    try (var _ = gate.enter()) {
      Optional<DocumentStore> there = names.find(name).map(entry -> open.get(entry.number()));
      return there.isPresent() ? there : findUnderLock(name);
    }
  }

  /** A database that is dropped meanwhile must not be opened once more. */
  private Optional<DocumentStore> findUnderLock(String name) {
    naming.lock();
    try {
      return names.find(name).map(entry -> database(name, entry));
    } finally {
      naming.unlock();
    }
  }

  private RocksDocuments database(String name, DatabaseNames.Entry entry) {
    return open.computeIfAbsent(
        entry.number(),
        number -> {
          Shelf shelf =
              new Shelf(number, name, entry.incarnation(), ledger(number), keepsSubsets(number));
          loadSubsets(shelf);
          return new RocksDocuments(
              new Cabinet(
                  shelf,
                  tables,
                  writer,
                  gate,
                  packers,
                  courtesy,
                  new Dictionaries(shelf, tables, writer, gate)));
        });
  }

  private boolean keepsSubsets(int number) {
    try (SubsetView view = new SubsetView(tables, number)) {
      return KeptSubsets.kept(view);
    }
  }

  private void loadSubsets(Shelf shelf) {
    try (SubsetView view = new SubsetView(tables, shelf.number())) {
      shelf.knownAudiences().load(view, shelf.ledger().seq());
    }
  }

  private Ledger ledger(int number) {
    return tables
        .get(Family.META, tables.latest(), Keys.meta(number, Keys.Kind.LEDGER))
        .map(Ledger::decode)
        .orElse(Ledger.NEW);
  }

  @Override
  public boolean drop(String name) {
    try (var _ = gate.enter()) {
      naming.lock();
      try {
        Optional<DatabaseNames.Entry> entry = names.find(name);
        if (entry.isEmpty()) {
          return false;
        }
        RocksDocuments database = database(name, entry.get());
        names.drop(name, database.shelf());
        // Whoever still holds it finds it dropped; its dictionary is freed with the last of them.
        open.remove(entry.get().number());
        database.dictionaries().forgetSamples();
        Chores.run(() -> tables.dropFiles(entry.get().number()));
        return true;
      } finally {
        naming.unlock();
      }
    }
  }

  @Override
  public Properties properties() {
    return properties;
  }

  /** For tests, which count what stands on the disk. */
  Tables tables() {
    return tables;
  }

  /** For tests, which make a write break off. */
  GroupWriter writer() {
    return writer;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, true, true);
  }

  @Override
  public Map<String, Long> figures() {
    try (var _ = gate.enter()) {
      return tables.figures();
    }
  }

  /** RocksDB's own version. */
  public static String version() {
    return RocksDB.rocksdbVersion().toString();
  }

  @Override
  public StoreHealth health() {
    try (var _ = gate.enter()) {
      tables.room().check();
      if (writer.isRefused()) {
        writeAgain();
      }
      return StoreHealth.WELL;
    } catch (StoreFullException e) {
      return new StoreHealth(StoreHealth.State.FULL, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      return new StoreHealth(StoreHealth.State.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** Writes something that stands there already. */
  private void writeAgain() {
    writer.write(
        group -> {
          group.put(
              Family.META, Keys.meta(Keys.NODE, Keys.Kind.STORE), HexFormat.of().parseHex(id));
          return true;
        });
  }

  private void probe() {
    try (var _ = gate.enter()) {
      writeAgain();
    }
  }

  /**
   * Opens RocksDB anew and reads what is kept in memory again: of a group that was refused a part
   * may stand in the log, and is there now, as it would be after a crash. Where this fails
   * half-way, the writer goes on refusing, and it is tried again.
   */
  void reopen() {
    writer.distrust();
    tables.reopen();
    names.read();
    open.forEach(
        (number, database) -> {
          Shelf shelf = database.shelf();
          boolean there =
              names.find(shelf.name()).filter(entry -> entry.number() == number).isPresent();
          if (!there) {
            shelf.drop();
            open.remove(number);
            database.dictionaries().forgetSamples();
          } else {
            shelf.publish(ledger(number));
            loadSubsets(shelf);
            shelf.readSubsetsAnew(keepsSubsets(number));
            shelf.wake();
          }
        });
    writer.trust();
  }

  @Override
  public void checkpoint(Path target) {
    Path copy = target.toAbsolutePath().normalize();
    Path partial = copy.resolveSibling(copy.getFileName() + ".partial");
    try (var _ = gate.enter()) {
      if (Files.exists(copy) || Files.exists(partial)) {
        throw new StoreException(
            "cannot write a checkpoint: "
                + (Files.exists(copy) ? copy : partial)
                + " exists. Choose a folder that does not, or remove it");
      }
      Files.createDirectories(partial);
      StoreFolder place = new StoreFolder(partial);
      Chores.run(() -> tables.checkpoint(place.database()));
      place.write(id);
      Files.move(partial, copy);
      StoreFolder.sync(copy.resolveSibling("."));
    } catch (IOException e) {
      throw new StoreException(
          "cannot write the checkpoint " + copy + ": " + e + ". Check disk and permissions", e);
    }
  }

  /**
   * Waits for calls under way, writes what is queued, and frees all native memory. Twice is
   * harmless.
   */
  @Override
  public void close() {
    recovery.close();
    if (!gate.shut()) {
      return;
    }
    writer.close();
    try {
      Chores.run(tables::flush);
    } catch (StoreException e) {
      // A convenience only: what is not in table files is in the log, and is replayed by the next
      // opening.
      System.getLogger(RocksStore.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
    } finally {
      // First: a dictionary that a packer has loaded cannot be closed.
      packers.close();
      open.values().forEach(RocksDocuments::close);
      tables.close();
    }
  }
}
