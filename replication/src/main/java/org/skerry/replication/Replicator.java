package org.skerry.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerOpener;

/**
 * A node's replications while they run, by their id. One of an id at a time: two would quarrel
 * about its checkpoint. Any thread may call.
 */
public final class Replicator implements AutoCloseable {
  private final String node;
  private final PeerOpener peers;
  private final Surroundings surroundings;
  private final ConcurrentMap<String, Running> running = new ConcurrentHashMap<>();

  /** Volatile, because a replication may be asked for while another thread closes. */
  private volatile boolean closed;

  /**
   * A node's replicator.
   *
   * @param node the node's own id, the same all its life: ids of replications are made of it
   * @param peers opens both ends
   */
  public Replicator(String node, PeerOpener peers, Surroundings surroundings) {
    this.node = node;
    this.peers = peers;
    this.surroundings = surroundings;
  }

  /** A replication with the ends that were opened for it. */
  private record Running(Replication replication, Peer source, Peer target, CountDownLatch ended) {}

  /** The id that this node gives a replication. */
  public ReplicationId id(ReplicationSpec spec) {
    try (Peer source = peers.open(spec.source());
        Peer target = peers.open(spec.target())) {
      return ReplicationId.of(node, source, target, spec);
    }
  }

  /**
   * Begins a replication in the background; returns the one that runs when the same was begun
   * before.
   */
  public Replication start(ReplicationSpec spec) {
    return begin(spec).replication();
  }

  /**
   * Runs a one-shot replication and waits for its end; joins the one that runs when the same was
   * begun before.
   *
   * @return the replication, in a final state
   * @throws InterruptedException when the waiting thread was interrupted; the replication goes on
   */
  public Replication run(ReplicationSpec spec) throws InterruptedException {
    Running one = begin(spec);
    one.ended().await();
    return one.replication();
  }

  private Running begin(ReplicationSpec spec) {
    if (closed) {
      throw new IllegalStateException("the replicator was closed");
    }
    Peer source = peers.open(spec.source());
    Peer target = peers.open(spec.target());
    ReplicationId id = ReplicationId.of(node, source, target, spec);
    Running mine =
        new Running(
            new Replication(id, source, target, spec, surroundings),
            source,
            target,
            new CountDownLatch(1));
    Running known = running.putIfAbsent(id.base(), mine);
    if (known != null) {
      source.close();
      target.close();
      return known;
    }
    Thread.ofVirtual().name("replication " + id).start(() -> run(mine));
    return mine;
  }

  private void run(Running one) {
    try {
      one.replication().run();
    } finally {
      running.remove(one.replication().id().base(), one);
      one.source().close();
      one.target().close();
      one.ended().countDown();
    }
  }

  /**
   * Ends a replication, and waits until it has.
   *
   * @param id with its extension or without
   * @return the replication; nothing when none of that id runs
   */
  public Optional<Replication> cancel(String id) throws InterruptedException {
    String base = id.indexOf('+') < 0 ? id : id.substring(0, id.indexOf('+'));
    Optional<Running> found = Optional.ofNullable(running.get(base));
    if (found.isPresent()) {
      found.get().replication().cancel();
      found.get().ended().await();
    }
    return found.map(Running::replication);
  }

  /** Ends the replication that was begun with the same words. */
  public Optional<Replication> cancel(ReplicationSpec spec) throws InterruptedException {
    return cancel(id(spec).base());
  }

  /** Those that run, in the order of their ids. */
  public List<ReplicationStatus> running() {
    List<ReplicationStatus> all = new ArrayList<>();
    running.values().stream()
        .map(one -> one.replication().status())
        .sorted((a, b) -> a.id().toString().compareTo(b.id().toString()))
        .forEach(all::add);
    return all;
  }

  /** Ends all of them, each with a last checkpoint, and begins no more. */
  @Override
  public void close() {
    closed = true;
    List<Running> all = List.copyOf(running.values());
    all.forEach(one -> one.replication().cancel());
    for (Running one : all) {
      try {
        one.ended().await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
