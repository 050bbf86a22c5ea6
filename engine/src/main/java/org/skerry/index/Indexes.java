package org.skerry.index;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Registration;
import org.skerry.store.StoreException;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedStore;
import org.skerry.store.subset.SubsetDocuments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's indexes. Any thread may call.
 *
 * <p>Indexes are built by platform threads, as many as there are processors for all indexes
 * together: what they do is long, and would keep the virtual threads of requests waiting.
 */
public final class Indexes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);

  /** Between the database's incarnation and the signature in a space's name. */
  private static final String SEPARATOR = "/";

  private static final long CLOSING_SECONDS = 30;

  private static final DocRange DESIGN_DOCUMENTS =
      new DocRange(Optional.of("_design/"), Optional.of("_design0"), false, false);

  private final OrderedStore store;
  private final Workshop workshop;
  private final ConcurrentHashMap<String, Index> open = new ConcurrentHashMap<>();
  private final Set<BuildProgress> running = ConcurrentHashMap.newKeySet();
  private final List<DesignSignatures> owners = new CopyOnWriteArrayList<>();

  /** What indexes share, to be built with. */
  final class Workshop {
    private final ExecutorService mapping;
    private final ExecutorService building;
    private final int parallel;
    private final InnerNodes innerNodes = new InnerNodes();
    private final AtomicLong builds = new AtomicLong();

    /** Volatile: set once, by whoever closes. */
    private volatile boolean closed;

    private Workshop(ThreadFactory threads) {
      this.parallel = Runtime.getRuntime().availableProcessors();
      this.mapping = Executors.newFixedThreadPool(parallel, threads);
      this.building = Executors.newCachedThreadPool(threads);
    }

    ExecutorService mapping() {
      return mapping;
    }

    ExecutorService building() {
      return building;
    }

    int parallel() {
      return parallel;
    }

    InnerNodes innerNodes() {
      return innerNodes;
    }

    /** A number for one more run. */
    long nextBuild() {
      return builds.incrementAndGet();
    }

    /** Shows a run until it has ended. */
    Registration show(BuildProgress progress) {
      running.add(progress);
      return () -> running.remove(progress);
    }

    boolean isClosed() {
      return closed;
    }

    /** Forgets a damaged index with its data. */
    void discard(Index index) {
      open.values().remove(index);
      index.close();
      store.drop(index.space().name());
    }
  }

  /**
   * Indexes that are kept in the store, which stays the caller's to close, after them.
   *
   * @param threads makes the platform threads that map and build: those on which scripts run, where
   *     there are scripts
   */
  public Indexes(OrderedStore store, ThreadFactory threads) {
    this.store = store;
    this.workshop = new Workshop(threads);
  }

  /** Indexes that need no threads of a special kind. */
  public Indexes(OrderedStore store) {
    this(store, Thread.ofPlatform().name("skerry-index-", 0).daemon().factory());
  }

  /** Longer runs that go on at the moment. */
  public List<BuildProgress> building() {
    return running.stream().sorted(Comparator.comparing(BuildProgress::started)).toList();
  }

  /** Asks it from now on which indexes are wanted, before unwanted ones are removed. */
  public void register(DesignSignatures signatures) {
    owners.add(signatures);
  }

  /** Removes those indexes of a database that no design document wants any more. */
  public void cleanUp(Database database) {
    Set<String> unwanted = signatures(database);
    database
        .store()
        .scan(
            DESIGN_DOCUMENTS,
            Fields.WINNER,
            design -> {
              if (!design.deleted()) {
                owners.forEach(owner -> unwanted.removeAll(owner.of(design)));
              }
              return true;
            });
    unwanted.forEach(signature -> drop(database, signature));
  }

  private static String space(String incarnation, String signature) {
    return incarnation + SEPARATOR + signature;
  }

  /** The index of that definition in a database; as it was left, or empty when it is new. */
  public Index open(Database database, IndexDefinition definition) {
    String name = space(database.store().incarnation(), definition.signature());
    Index known = open.get(name);
    return known != null
        ? known
        : open.computeIfAbsent(name, unknown -> begin(name, database, definition));
  }

  private Index begin(String name, Database database, IndexDefinition definition) {
    if (workshop.closed) {
      throw new StoreException("the indexes are closed; open them again");
    }
    OrderedSpace space = store.open(name);
    try {
      return new Index(database, definition, space, workshop);
    } catch (DamagedException e) {
      LOG.warn(
          "index {} of {} is thrown away and will be built anew: {}",
          definition.name(),
          database.name(),
          e.getMessage());
      store.drop(name);
      return new Index(database, definition, store.open(name), workshop);
    }
  }

  /**
   * The signatures of all indexes that a database has, whether anybody uses them or not. What
   * begins with a dot is derived data of another kind, which shares the store and goes with the
   * database.
   */
  public Set<String> signatures(Database database) {
    String prefix = space(database.store().incarnation(), "");
    Set<String> found = new HashSet<>();
    for (String name : store.names()) {
      if (name.startsWith(prefix) && !name.startsWith(".", prefix.length())) {
        found.add(name.substring(prefix.length()));
      }
    }
    return found;
  }

  /**
   * Removes derived data of a kind, all but one: what earlier versions of the program derived.
   *
   * @param kind what the signatures of that kind begin with
   */
  public void supersede(Database database, String kind, String signature) {
    String incarnation = database.store().incarnation();
    String prefix = space(incarnation, kind);
    String kept = space(incarnation, signature);
    for (String name : store.names()) {
      if (name.startsWith(prefix) && !name.equals(kept)) {
        drop(name);
      }
    }
  }

  /** Removes an index with its data. Whoever reads it is told that it is gone. */
  public void drop(Database database, String signature) {
    drop(space(database.store().incarnation(), signature));
  }

  private void drop(String name) {
    Optional.ofNullable(open.remove(name)).ifPresent(Index::close);
    store.drop(name);
  }

  /** Removes the indexes of a database that was dropped. */
  public void dropAll(String incarnation) {
    dropWhere(List.of(incarnation), true);
  }

  /**
   * Removes the indexes of all databases that are not there: of those dropped while nobody looked.
   */
  public void sweep(Databases databases) {
    if (store.names().isEmpty()) {
      return;
    }
    List<String> here =
        databases.names().stream()
            .flatMap(name -> databases.find(name).stream())
            .map(Database::store)
            .map(DocumentStore::incarnation)
            .toList();
    dropWhere(here, false);
  }

  private void dropWhere(List<String> incarnations, boolean among) {
    Set<String> known = new HashSet<>();
    incarnations.forEach(incarnation -> known.add(life(incarnation)));
    for (String name : store.names()) {
      if (known.contains(life(name)) == among) {
        drop(name);
      }
    }
  }

  /** What a database's incarnation and those of its subsets have in common. */
  private static String life(String name) {
    return name.substring(0, Math.min(name.length(), SubsetDocuments.SHARED_DIGITS));
  }

  /** Stops what is being built, at a point from which it goes on next time. */
  @Override
  public void close() {
    workshop.closed = true;
    workshop.building.shutdown();
    try {
      if (!workshop.building.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("an index is still being built; it goes on from its last batch next time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workshop.mapping.shutdownNow();
    open.values().forEach(Index::close);
    open.clear();
  }
}
