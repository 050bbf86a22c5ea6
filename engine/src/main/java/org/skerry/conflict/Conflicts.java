package org.skerry.conflict;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.skerry.audit.AuditLog;
import org.skerry.database.Database;
import org.skerry.database.DatabaseEvents;
import org.skerry.database.Databases;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.script.Scripts;
import org.skerry.store.DocumentStore;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A node's conflicts, of all its databases. Any thread.
 *
 * <p>When it was started, one thread follows all databases that change: it waits for the node's
 * events, and then lets a moment pass, so that many writes are read at once and nodes that settle
 * the same conflict at the same time are rare. Whoever asks for a list has it caught up first.
 */
public final class Conflicts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Conflicts.class);

  /** Spaces that do not belong to views begin with a dot; see {@code Indexes}. */
  private static final String SPACE = "/.conflicts";

  private static final Duration LONG = Duration.ofHours(1);
  private static final long PAUSE_MILLIS = 100;

  /** How long somebody who asks for a list waits for what is being settled. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Databases databases;
  private final OrderedStore store;
  private final Policies policies;
  private final AuditLog audit;
  private final InstantSource clock;
  private final Map<String, Follower> followers = new ConcurrentHashMap<>();
  private final List<SettlementListener> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;

  /** Volatile: set by whoever closes, read by the thread that follows. */
  private volatile boolean closed;

  /**
   * The conflicts of these databases.
   *
   * @param store keeps the lists; the caller's to close, after this
   */
  public Conflicts(
      Databases databases,
      OrderedStore store,
      Scripts scripts,
      AuditLog audit,
      InstantSource clock) {
    this.databases = databases;
    this.store = store;
    this.policies = new Policies(scripts);
    this.audit = audit;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("conflicts").unstarted(this::run);
    databases.onDrop((name, incarnation) -> forget(incarnation));
    databases.guard(new PolicyGuard(policies));
  }

  /** Tells of each settlement from now on; asked for before {@link #start}. */
  public Conflicts onSettled(SettlementListener listener) {
    listeners.add(listener);
    return this;
  }

  /** Begins to list and to settle what arises, and what arose while nobody looked. */
  public Conflicts start() {
    thread.start();
    return this;
  }

  private void forget(String incarnation) {
    followers.remove(incarnation);
    policies.forget(incarnation);
    store.drop(incarnation + SPACE);
  }

  private void run() {
    long seen = 0;
    try {
      while (!closed) {
        if (databases.events().await(seen, LONG)) {
          Thread.sleep(PAUSE_MILLIS + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS));
          seen = follow(seen);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("conflicts are not followed any more");
    }
  }

  private long follow(long seen) {
    List<DatabaseEvents.Event> events = databases.events().read(seen);
    Set<String> names = new HashSet<>();
    for (DatabaseEvents.Event event : events) {
      if (event.kind() != DatabaseEvents.Kind.DELETED) {
        names.add(event.database());
      }
    }
    for (String name : names) {
      if (!closed) {
        catchUp(name);
      }
    }
    return events.isEmpty() ? seen : events.getLast().seq();
  }

  private void catchUp(String name) {
    try {
      Optional<Database> database =
          databases.store().find(name).filter(this::isBehind).flatMap(here -> databases.find(name));
      if (database.isPresent()) {
        followed(database.get(), Follower::catchUp);
      }
    } catch (StoreException e) {
      // Dropped, or the disk is full: the next change is another chance.
      LOG.debug("conflicts of {} are not looked at: {}", name, e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      // Other databases' are, and so are these when something has changed.
      LOG.warn("conflicts of {} cannot be looked at", name, e);
    }
  }

  /** Asked before a database is opened: at a start most of them have nothing new. */
  boolean isBehind(DocumentStore database) {
    Optional<OrderedSpace> space = store.find(database.incarnation() + SPACE);
    if (space.isEmpty()) {
      return !database.now().equals(Seq.ZERO);
    }
    ConflictIndex.State state = ConflictIndex.state(space.get());
    return !database.now().equals(state.seq()) || !isBasis(state.basis(), database);
  }

  /** Rules that cannot be understood are none: they are read when they seem to be others. */
  private boolean isBasis(String basis, DocumentStore database) {
    return basis.equals(Policies.basis(Policies.version(database)))
        || basis.equals(Policies.basis(policies.in(database).policy().map(Policy::version)));
  }

  /** A database's list, and whether all that changed until now is in it. */
  private record Caught(ConflictIndex index, boolean complete) {}

  /** Where nobody follows in the background, whoever asks waits for everything. */
  private Caught caughtUp(Database database) {
    boolean[] complete = {true};
    ConflictIndex index =
        followed(
            database,
            follower -> {
              if (thread.isAlive()) {
                complete[0] = follower.catchUp(PATIENCE);
              } else {
                follower.catchUp();
              }
            });
    return new Caught(index, complete[0]);
  }

  private ConflictIndex followed(Database database, Consumer<Follower> work) {
    Follower follower = follower(database);
    try {
      work.accept(follower);
      return follower.index();
    } catch (DamagedException e) {
      LOG.warn("the list of conflicts of {} is made anew: {}", database.name(), e.getMessage());
      followers.remove(database.store().incarnation(), follower);
      store.drop(follower.index().space().name());
      Follower fresh = follower(database);
      work.accept(fresh);
      return fresh.index();
    }
  }

  private Follower follower(Database database) {
    return followers.computeIfAbsent(
        database.store().incarnation(),
        life -> {
          OrderedSpace space = store.open(life + SPACE);
          ConflictIndex index = new ConflictIndex(space);
          return new Follower(database, index, policies, audit, clock, listeners, () -> closed);
        });
  }

  /** What people do about a database's conflicts. */
  public Desk desk(Database database) {
    return new Desk(database, policies, clock);
  }

  /** A page of a database's open conflicts. */
  public ConflictPage list(Database database, ConflictQuery query) {
    Caught caught = caughtUp(database);
    return ConflictPage.read(caught.index, query, clock.instant(), caught.complete);
  }

  /** An open conflict as the list has it. */
  public Optional<ConflictRow> row(Database database, DocId id) {
    return caughtUp(database).index.row(id);
  }

  /**
   * A page of a database's settlements.
   *
   * @param of only those of this document
   * @param behind the bookmark of the page before
   */
  public SettlementPage settlements(
      Database database,
      Optional<DocId> of,
      Optional<byte[]> behind,
      int limit,
      boolean descending) {
    return SettlementPage.read(
        database.store(), caughtUp(database).index, of, behind, limit, descending);
  }

  /**
   * The policy of a database as people see it.
   *
   * @param rules JSON
   * @param problem why this node cannot follow it
   */
  public record PolicyText(Optional<RevId> version, JsonNode rules, Optional<String> problem) {}

  /** The policy of a database. */
  public PolicyText policy(Database database) {
    return PolicyDocument.show(policies.of(database));
  }

  /**
   * The design document with other rules.
   *
   * @throws InvalidPolicyException when they mean nothing
   */
  public org.skerry.document.Body withRules(Database database, JsonNode rules) {
    policies.read(RevId.of(1, new byte[16]), rules);
    return PolicyDocument.with(policies.of(database), rules);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (thread.isAlive()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
