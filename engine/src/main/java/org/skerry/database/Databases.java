package org.skerry.database;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.skerry.store.DocumentStore;
import org.skerry.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's databases by name. Any thread may call. */
public final class Databases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

  /** CouchDB's rule; 238 characters is its longest name, too. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_$()+/-]{0,237}");

  /**
   * Names that begin with an underscore: those that mean something to CouchDB's clients, and of
   * this node's feeds, exchanges, satellites and sites.
   */
  private static final Set<String> SYSTEM =
      Set.of(
          "_users",
          "_replicator",
          "_global_changes",
          "_feeds",
          "_feed_events",
          "_exchange",
          "_exchange_state",
          "_exchange_messages",
          "_postgres",
          "_postgres_old",
          "_sites");

  private final Store store;
  private final WriteGuards guards = new WriteGuards();
  private final ConcurrentHashMap<String, Database> open = new ConcurrentHashMap<>();
  private final List<Consumer<Database>> createListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Database>> openListeners = new CopyOnWriteArrayList<>();
  private final List<DropListener> dropListeners = new CopyOnWriteArrayList<>();

  private final DatabaseEvents events;

  public Databases(Store store) {
    this.store = store;
    this.events = new DatabaseEvents(store.names().stream());
    guards.add(new AppendOnly());
  }

  /** What happens to all of them. */
  public DatabaseEvents events() {
    return events;
  }

  /** Those that were used since the node was started. */
  public List<Database> opened() {
    return List.copyOf(open.values());
  }

  /** What the databases are kept in. */
  public Store store() {
    return store;
  }

  /** Puts a guard before all databases, behind those of single ones. */
  public void guard(WriteGuard guard) {
    guards.add(guard);
  }

  /** Puts a guard before the databases of that name. */
  public void guard(String name, WriteGuard guard) {
    guards.add(name, guard);
  }

  /** All names, in order. */
  public List<String> names() {
    return store.names();
  }

  /**
   * Creates a database.
   *
   * @return nothing when one of this name exists
   * @throws InvalidDatabaseNameException when no database may have that name
   */
  public Optional<Database> create(String name) {
    checkName(name);
    Optional<DocumentStore> created = store.create(name);
    created.ifPresent(fresh -> events.tellCreated(name));
    Optional<Database> database = created.flatMap(fresh -> remember(name));
    database.ifPresent(this::tellCreated);
    return database;
  }

  /** The database of that name, made if there is none. */
  public Database findOrCreate(String name) {
    // Somebody else may make it in between.
    return find(name).or(() -> create(name)).or(() -> find(name)).orElseThrow();
  }

  /**
   * The database of that name.
   *
   * @throws InvalidDatabaseNameException when no database may have that name
   */
  public Optional<Database> find(String name) {
    Database known = open.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    checkName(name);
    return remember(name);
  }

  /** Under the lock, so that a database dropped meanwhile is not remembered. */
  private synchronized Optional<Database> remember(String name) {
    return store.find(name).map(found -> open.computeIfAbsent(name, unknown -> begin(found)));
  }

  private Database begin(DocumentStore found) {
    Database database = new Database(found, guards, events);
    openListeners.forEach(listener -> listener.accept(database));
    return database;
  }

  /** From now on tells of each database that is used for the first time; it must return at once. */
  public void onOpen(Consumer<Database> listener) {
    openListeners.add(listener);
  }

  /**
   * Deletes a database. Those who wait for its changes are told that none will come.
   *
   * @return whether there was one
   */
  public boolean drop(String name) {
    checkName(name);
    Optional<String> incarnation;
    synchronized (this) {
      Database dropped = open.remove(name);
      if (dropped != null) {
        dropped.drop();
      }
      incarnation = store.find(name).map(DocumentStore::incarnation);
      if (!store.drop(name)) {
        return false;
      }
    }
    events.tellDeleted(name);
    incarnation.ifPresent(gone -> tellDropped(name, gone));
    return true;
  }

  /** From now on tells of each database that was dropped. */
  public void onDrop(DropListener listener) {
    dropListeners.add(listener);
  }

  /** From now on tells of each database that was created. */
  public void onCreate(Consumer<Database> listener) {
    createListeners.add(listener);
  }

  private void tellCreated(Database database) {
    for (Consumer<Database> listener : createListeners) {
      try {
        listener.accept(database);
      } catch (RuntimeException e) {
        LOG.warn("somebody does not know of the new database {}", database.name(), e);
      }
    }
  }

  private void tellDropped(String name, String incarnation) {
    for (DropListener listener : dropListeners) {
      try {
        listener.dropped(name, incarnation);
      } catch (RuntimeException e) {
        LOG.warn("what belonged to the dropped database {} may be left", name, e);
      }
    }
  }

  /** Lets go of the store, which others close. Databases that are open stay readable until then. */
  @Override
  public synchronized void close() {
    open.values().forEach(Database::close);
  }

  /** Whether a database may have that name. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches() || SYSTEM.contains(name);
  }

  private static void checkName(String name) {
    if (!isName(name)) {
      throw new InvalidDatabaseNameException(name);
    }
  }
}
