package org.skerry.replication.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.replication.Replicator;
import org.skerry.replication.Surroundings;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.LocalLimits;
import org.skerry.replication.peer.LocalPeer;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.StoredDocument;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A node whose documents ask for replications; its peers are its own databases. */
final class ScheduledNode implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final MemoryStore store = new MemoryStore();
  final Databases databases = new Databases(store);

  /** Databases of this node that are named by a URL are on the other side of a line. */
  final Set<String> cut = ConcurrentHashMap.newKeySet();

  /** Hosts for which this node cannot make connections, whoever is there. */
  final Set<String> odd = ConcurrentHashMap.newKeySet();

  final Replicator replicator =
      new Replicator(
          "node",
          this::open,
          Surroundings.system(),
          new StoredRefusals(databases, InstantSource.system()));
  private Optional<Schedule> running = Optional.empty();

  private Peer open(Endpoint end) {
    return switch (end) {
      case Endpoint.Local here -> new LocalPeer(databases, here, "node", LocalLimits.DEFAULT);
      case Endpoint.Remote remote -> {
        String host = remote.url().getHost();
        String name = remote.url().getPath().substring(1);
        if (odd.contains(host)) {
          throw new IllegalStateException("no certificates for " + host);
        }
        yield onTheLine(
            host, new LocalPeer(databases, new Endpoint.Local(name), host, LocalLimits.DEFAULT));
      }
    };
  }

  /** A peer that only says its name while its line is cut. */
  private Peer onTheLine(String host, Peer peer) {
    return (Peer)
        Proxy.newProxyInstance(
            Peer.class.getClassLoader(),
            new Class<?>[] {Peer.class},
            (proxy, method, arguments) -> {
              boolean far = !Set.of("name", "identity", "close").contains(method.getName());
              if (far && cut.contains(host)) {
                throw new PeerException(PeerException.Kind.UNREACHABLE, "nobody at " + host);
              }
              try {
                return method.invoke(peer, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  Schedule start() {
    return start(SchedulerSettings.DEFAULT);
  }

  Schedule start(SchedulerSettings settings) {
    Schedule schedule = new Schedule(databases, replicator, settings, Surroundings.system());
    schedule.start();
    running = Optional.of(schedule);
    return schedule;
  }

  @Override
  public void close() {
    running.ifPresent(Schedule::close);
    replicator.close();
    store.close();
  }

  /** Looks until it is so; how long that takes is nobody's claim. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for %s", PATIENCE).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  Database database(String name) {
    return databases.find(name).or(() -> databases.create(name)).orElseThrow();
  }

  Optional<StoredDocument> document(String database, String id) {
    StoredDocument[] found = new StoredDocument[1];
    database(database)
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.WINNER,
            document -> {
              found[0] = document;
              return true;
            });
    return Optional.ofNullable(found[0]);
  }

  void write(String database, String id, String json) {
    Optional<RevId> parent = document(database, id).map(found -> found.winner().rev());
    database(database)
        .update(
            new NewRevision(
                DocId.of(id),
                parent,
                json.isEmpty(),
                Body.parse(json.isEmpty() ? "{}" : json),
                List.of()));
  }

  ObjectNode json(String database, String id) {
    return ReplicatorDocument.tree(
        document(database, id).orElseThrow().revisions().getFirst().body().json());
  }

  String state(String id) {
    return json("_replicator", id).path("_replication_state").asString("");
  }

  JsonNode shown(Schedule schedule, String id) {
    DocumentStatus status = schedule.document(database("_replicator"), id).orElseThrow();
    return MAPPER.readTree(JsonOut.bytes(out -> ScheduleJson.document(out, status, "here")));
  }

  String shownState(Schedule schedule, String id) {
    return schedule
        .document(database("_replicator"), id)
        .map(status -> status.state().word())
        .orElse("none");
  }
}
