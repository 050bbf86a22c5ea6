package org.skerry.replication.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.Replicator;
import org.skerry.replication.Surroundings;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;

/**
 * A node's scheduled replications: the databases whose documents ask for them, and the scheduler
 * that runs them. {@code _replicator} is one such database, born with the node; every database
 * whose name ends in {@code /_replicator} is another. Any thread may call.
 */
public final class Schedule implements AutoCloseable {
  /** The database that every node has. */
  public static final String DATABASE = "_replicator";

  private static final String SUFFIX = "/" + DATABASE;

  private final Databases databases;
  private final Replicator replicator;
  private final Scheduler scheduler;
  private final Documents documents;

  /** Guarded by this. */
  private final Map<String, Follower> followers = new HashMap<>();

  /** Guarded by this. */
  private boolean closed;

  /** A node's schedule, before it begins; documents are guarded from now on. */
  public Schedule(
      Databases databases,
      Replicator replicator,
      SchedulerSettings settings,
      Surroundings surroundings) {
    this.databases = databases;
    this.replicator = replicator;
    this.scheduler = new Scheduler(replicator, settings, surroundings);
    StateWriter writer = new StateWriter(databases, surroundings.clock());
    this.documents = new Documents(replicator, scheduler, writer, surroundings.clock());
    databases.guard(new ReplicatorGuard());
  }

  /** Begins to run what the node's documents ask for. Called once. */
  public void start() {
    scheduler.start(documents);
    databases.onCreate(this::created);
    databases.onDrop((name, incarnation) -> dropped(name));
    databases.create(DATABASE);
    databases.names().stream()
        .filter(Schedule::isReplicator)
        .forEach(name -> databases.find(name).ifPresent(this::created));
  }

  /** Whether documents of a database of that name ask for replications. */
  public static boolean isReplicator(String database) {
    return database.equals(DATABASE) || database.endsWith(SUFFIX);
  }

  private synchronized void created(Database database) {
    if (!closed && isReplicator(database.name()) && !followers.containsKey(database.name())) {
      Follower follower = new Follower(database, documents);
      followers.put(database.name(), follower);
      follower.start();
    }
  }

  private void dropped(String name) {
    Optional<Follower> follower;
    synchronized (this) {
      follower = Optional.ofNullable(followers.remove(name));
    }
    follower.ifPresent(Follower::stop);
    documents.dropped(name);
  }

  /** What runs, and what waits. */
  public Scheduler scheduler() {
    return scheduler;
  }

  /**
   * Lets a document's replication run next, whatever it waits for; a document that is done, or has
   * failed, asks for it again.
   *
   * @return whether there is such a document
   */
  public boolean run(String database, String document) {
    return documents.run(new DocumentKey(database, document));
  }

  /**
   * Lets a document's replication rest, over restarts, until somebody runs it or changes the
   * document. As for what cannot be done, the document says {@code failed}, and why: CouchDB too
   * leaves such a document alone.
   *
   * @param reason who stopped it, for people
   * @return whether there was something to stop
   */
  public boolean stop(String database, String document, String reason) {
    return documents.stop(new DocumentKey(database, document), reason);
  }

  /**
   * Sends the documents that a replication was refused again. It must run, or a document must ask
   * for it: nothing else says with which passwords.
   *
   * @return how many the target has taken now; nothing when nobody asks for that replication
   * @throws org.skerry.replication.peer.PeerException when a peer cannot be reached
   */
  public Optional<Integer> retryRefused(String base) {
    return documents
        .spec(base)
        .or(() -> replicator.spec(base))
        .or(() -> askedFor(base))
        .map(replicator::retryRefused);
  }

  private Optional<ReplicationSpec> askedFor(String base) {
    List<ReplicationSpec> found = new ArrayList<>();
    for (String name : databases.names()) {
      if (isReplicator(name)) {
        databases
            .find(name)
            .ifPresent(
                database ->
                    visit(
                        database,
                        body -> {
                          if (found.isEmpty()) {
                            documents.spec(base, body).ifPresent(found::add);
                          }
                        }));
      }
    }
    return found.stream().findFirst();
  }

  /** What the node's documents ask for, as far as they can be understood. */
  public List<ReplicationSpec> wanted() {
    List<ReplicationSpec> found = new ArrayList<>();
    for (String name : databases.names()) {
      if (isReplicator(name)) {
        databases
            .find(name)
            .ifPresent(
                database ->
                    visit(
                        database,
                        body ->
                            ReplicatorDocument.spec(ReplicatorDocument.tree(body.json()))
                                .ifPresent(found::add)));
      }
    }
    return List.copyOf(found);
  }

  private static void visit(Database database, Consumer<Body> visitor) {
    database
        .store()
        .scan(
            DocRange.ALL,
            Fields.WINNER,
            document -> {
              if (!document.deleted() && !document.id().isDesign()) {
                visitor.accept(document.revisions().getFirst().body());
              }
              return true;
            });
  }

  /** How a document's replication stands. */
  public Optional<DocumentStatus> document(Database database, String id) {
    List<DocumentStatus> found = new ArrayList<>();
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.WINNER,
            document -> {
              if (!document.deleted() && !document.id().isDesign()) {
                found.add(status(database, document));
              }
              return true;
            });
    return found.stream().findFirst();
  }

  private DocumentStatus status(Database database, StoredDocument document) {
    return documents.status(
        new DocumentKey(database.name(), document.id().text()),
        document.revisions().getFirst().body());
  }

  /**
   * Some of a database's documents.
   *
   * @param total how many documents of a replicator the database has
   */
  public record Listing(long total, List<DocumentStatus> documents) {}

  /**
   * How a database's documents stand, in the order of their ids.
   *
   * @param states only those; none means all
   * @param skip how many of them are left out
   * @param limit at most so many
   */
  public Listing documents(Database database, Set<JobState> states, long skip, long limit) {
    List<DocumentStatus> found = new ArrayList<>();
    long[] counts = new long[2];
    database
        .store()
        .scan(
            DocRange.ALL,
            Fields.WINNER,
            document -> {
              if (!document.deleted() && !document.id().isDesign()) {
                counts[0]++;
                DocumentStatus status = status(database, document);
                boolean meant = states.isEmpty() || states.contains(status.state());
                if (meant && counts[1]++ >= skip && found.size() < limit) {
                  found.add(status);
                }
              }
              return true;
            });
    return new Listing(counts[0], List.copyOf(found));
  }

  /** Starts no more jobs; those that run are the replicator's to end. */
  @Override
  public void close() {
    List<Follower> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(followers.values());
      followers.clear();
    }
    all.forEach(Follower::stop);
    scheduler.close();
  }
}
