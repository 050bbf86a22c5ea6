package org.skerry.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.skerry.document.DocId;

/**
 * The reference engine: keeps everything in memory and is as simple as the promises allow. For
 * tests, and for programs that want nothing to remain. "Durable" means here: until the process
 * ends.
 *
 * <p>Any thread may call. One lock guards the list of databases; each database has its own.
 */
public final class MemoryStore implements Store {
  private static final int INCARNATION_BYTES = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<DocId, MemoryDocumentStore> databases = new TreeMap<>();
  private final RandomGenerator random;
  private final MemoryLife life = MemoryLife.ofStore();
  private final MemoryProperties properties = new MemoryProperties(life);

  /** An empty store. */
  public MemoryStore() {
    this(new SecureRandom());
  }

  /**
   * An empty store that draws its incarnations from the source given, so that a simulation repeats.
   *
   * @param random used under this store's lock only
   */
  public MemoryStore(RandomGenerator random) {
    this.random = random;
  }

  /** Database names are ordered as ids are; the id type brings that order and nothing else. */
  private static DocId key(String name) {
    return DocId.ofStored(name.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<String> names() {
    lock.lock();
    try {
      life.check();
      List<String> names = new ArrayList<>(databases.size());
      databases.values().forEach(database -> names.add(database.name()));
      return List.copyOf(names);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<DocumentStore> create(String name) {
    lock.lock();
    try {
      life.check();
      if (databases.containsKey(key(name))) {
        return Optional.empty();
      }
      byte[] incarnation = new byte[INCARNATION_BYTES];
      random.nextBytes(incarnation);
      MemoryDocumentStore database =
          new MemoryDocumentStore(life.ofDatabase(name), HexFormat.of().formatHex(incarnation));
      databases.put(key(name), database);
      return Optional.of(database);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<DocumentStore> find(String name) {
    lock.lock();
    try {
      life.check();
      return Optional.ofNullable(databases.get(key(name)));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean drop(String name) {
    Optional<MemoryDocumentStore> dropped;
    lock.lock();
    try {
      life.check();
      dropped = Optional.ofNullable(databases.remove(key(name)));
    } finally {
      lock.unlock();
    }
    dropped.ifPresent(MemoryDocumentStore::drop);
    return dropped.isPresent();
  }

  @Override
  public Properties properties() {
    return properties;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, true, true);
  }

  @Override
  public Map<String, Long> figures() {
    return Map.of();
  }

  @Override
  public StoreHealth health() {
    return StoreHealth.WELL;
  }

  @Override
  public void checkpoint(Path folder) {
    throw new StoreException(
        "a store in memory cannot be copied to " + folder + "; use an engine that keeps files");
  }

  @Override
  public void close() {
    List<MemoryDocumentStore> open;
    lock.lock();
    try {
      life.end();
      open = List.copyOf(databases.values());
    } finally {
      lock.unlock();
    }
    open.forEach(MemoryDocumentStore::settle);
  }
}
