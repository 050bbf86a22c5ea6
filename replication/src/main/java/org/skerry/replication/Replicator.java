package org.skerry.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerOpener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's replications while they run, by their id. One of an id at a time: two would quarrel
 * about its checkpoint. Any thread may call.
 */
public final class Replicator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);

  private final String node;
  private final PeerOpener peers;
  private final Surroundings surroundings;
  private final RefusalLog log;
  private final ConcurrentMap<String, Running> running = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** By what names the replication. */
  private final ConcurrentMap<String, Failing> failing = new ConcurrentHashMap<>();

  /** Volatile, because a replication may be asked for while another thread closes. */
  private volatile boolean closed;

  /**
   * A node's replicator.
   *
   * @param node the node's own id, the same all its life: ids of replications are made of it
   * @param peers opens both ends
   */
  public Replicator(String node, PeerOpener peers, Surroundings surroundings) {
    this(node, peers, surroundings, RefusalLog.NONE);
  }

  /**
   * A node's replicator that remembers refused documents over restarts.
   *
   * @param node the node's own id, the same all its life: ids of replications are made of it
   * @param peers opens both ends
   * @param log keeps the documents that were refused
   */
  public Replicator(String node, PeerOpener peers, Surroundings surroundings, RefusalLog log) {
    this.node = node;
    this.peers = peers;
    this.surroundings = surroundings;
    this.log = log;
  }

  /** What is open for a replication. */
  private record Ends(Peer source, Peer target) implements AutoCloseable {
    /** Both, or none. */
    static Ends open(PeerOpener peers, ReplicationSpec spec) {
      Peer source = peers.open(spec.source());
      try {
        return new Ends(source, peers.open(spec.target()));
      } catch (RuntimeException e) {
        close(source);
        throw e;
      }
    }

    @Override
    public void close() {
      try {
        close(source);
      } finally {
        close(target);
      }
    }

    /** What was done over it is done, whatever becomes of the line. */
    private static void close(Peer peer) {
      try {
        peer.close();
      } catch (RuntimeException e) {
        LOG.warn("{} could not be closed", peer.name(), e);
      }
    }
  }

  /** A replication with the ends that were opened for it. */
  private record Running(Replication replication, Origin origin, Ends ends, CountDownLatch ended) {
    ReplicationStatus status() {
      return replication.status().of(origin);
    }
  }

  /** Is told of every replication that ended, in its thread. */
  public interface Listener {
    void ended(Replication replication, Origin origin);
  }

  /** The id that this node gives a replication. */
  public ReplicationId id(ReplicationSpec spec) {
    try (Ends ends = Ends.open(peers, spec)) {
      return ReplicationId.of(node, ends.source(), ends.target(), spec);
    }
  }

  /** Tells somebody of every ending from now on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /**
   * Begins a replication in the background; returns the one that runs when the same was begun
   * before.
   */
  public Replication start(ReplicationSpec spec) {
    return start(spec, Origin.NOBODY);
  }

  /** As {@link #start(ReplicationSpec)}, for somebody. */
  public Replication start(ReplicationSpec spec, Origin origin) {
    return ask(spec, origin).replication();
  }

  /**
   * Runs a one-shot replication and waits for its end; joins the one that runs when the same was
   * begun before.
   *
   * @return the replication, in a final state
   * @throws InterruptedException when the waiting thread was interrupted; the replication goes on
   */
  public Replication run(ReplicationSpec spec) throws InterruptedException {
    return run(spec, Origin.NOBODY);
  }

  /** As {@link #run(ReplicationSpec)}, for somebody. */
  public Replication run(ReplicationSpec spec, Origin origin) throws InterruptedException {
    Running one = ask(spec, origin);
    one.ended().await();
    return one.replication();
  }

  /**
   * Begins a replication for a schedule, which is told of its end as a {@link Listener}.
   *
   * @return nothing when the same runs already, for somebody else
   */
  public Optional<Replication> begin(ReplicationSpec spec, Origin origin) {
    Begun begun = begin(spec, origin, Patience.OF_A_JOB);
    return begun.mine() ? Optional.of(begun.running().replication()) : Optional.empty();
  }

  private Running ask(ReplicationSpec spec, Origin origin) {
    return begin(spec, origin, Patience.asked(spec.live(), Backoff.DEFAULT)).running();
  }

  /** What runs now, and whether it does because of this request. */
  private record Begun(Running running, boolean mine) {}

  private Begun begin(ReplicationSpec spec, Origin origin, Patience patience) {
    if (closed) {
      throw new IllegalStateException("the replicator was closed");
    }
    Ends ends = Ends.open(peers, spec);
    boolean mine = false;
    try {
      ReplicationId id = ReplicationId.of(node, ends.source(), ends.target(), spec);
      Replication replication =
          new Replication(
              id,
              ends.source(),
              ends.target(),
              spec,
              surroundings,
              patience,
              memory(id),
              Pipeline::new);
      Running begun = new Running(replication, origin, ends, new CountDownLatch(1));
      Running known = running.putIfAbsent(id.base(), begun);
      if (known != null) {
        return new Begun(known, false);
      }
      mine = true;
      Thread.ofVirtual().name("replication " + id).start(() -> run(begun));
      return new Begun(begun, true);
    } finally {
      if (!mine) {
        ends.close();
      }
    }
  }

  private Memory memory(ReplicationId id) {
    return new Memory(
        log, failing.computeIfAbsent(id.base(), base -> Failing.none(surroundings.ticks())));
  }

  private void run(Running one) {
    try {
      one.replication().run();
    } finally {
      failing.computeIfPresent(
          one.replication().id().base(), (base, known) -> known.isEmpty() ? null : known);
      running.remove(one.replication().id().base(), one);
      try {
        one.ends().close();
      } finally {
        one.ended().countDown();
      }
      listeners.forEach(listener -> listener.ended(one.replication(), one.origin()));
    }
  }

  /**
   * Sends the documents that a replication was refused again, in the caller's thread; it need not
   * run.
   *
   * @return how many the target has taken now
   * @throws org.skerry.replication.peer.PeerException when a peer cannot be reached
   */
  public int retryRefused(ReplicationSpec spec) {
    try (Ends ends = Ends.open(peers, spec)) {
      Peer source = ends.source();
      Peer target = ends.target();
      ReplicationId id = ReplicationId.of(node, source, target, spec);
      Optional<Running> known = Optional.ofNullable(running.get(id.base()));
      Replication one =
          known
              .map(Running::replication)
              .orElseGet(
                  () ->
                      new Replication(
                          id,
                          source,
                          target,
                          spec,
                          surroundings,
                          Patience.OF_A_JOB,
                          memory(id),
                          Pipeline::new));
      return one.retryRefused(source, target);
    }
  }

  /** The one of that id, with its extension or without, if it runs. */
  public Optional<ReplicationStatus> find(String id) {
    return Optional.ofNullable(running.get(ReplicationId.base(id))).map(Running::status);
  }

  /**
   * Ends a replication, and waits until it has.
   *
   * @param id with its extension or without
   * @return the replication; nothing when none of that id runs
   */
  public Optional<Replication> cancel(String id) throws InterruptedException {
    Optional<Running> found = Optional.ofNullable(running.get(ReplicationId.base(id)));
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

  /** What the one of that id was asked to do, if it runs. */
  public Optional<ReplicationSpec> spec(String id) {
    return Optional.ofNullable(running.get(ReplicationId.base(id)))
        .map(one -> one.replication().spec());
  }

  /** How many of some origins run. */
  public int count(Predicate<Origin> which) {
    return (int) running.values().stream().filter(one -> which.test(one.origin())).count();
  }

  /** Those that run, in the order of their ids. */
  public List<ReplicationStatus> running() {
    List<ReplicationStatus> all = new ArrayList<>();
    running.values().stream()
        .map(Running::status)
        .sorted((a, b) -> a.id().toString().compareTo(b.id().toString()))
        .forEach(all::add);
    return all;
  }

  /** Whether it begins no more. */
  public boolean isClosed() {
    return closed;
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
