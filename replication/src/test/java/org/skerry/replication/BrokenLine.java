package org.skerry.replication;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.LocalRevision;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerInfo;
import org.skerry.replication.peer.Refusal;
import org.skerry.store.RevisionQuery;

/**
 * A peer behind a line that breaks by chance: before a request arrives, after it took effect and
 * before its answer came, or so that the request arrives twice.
 */
class BrokenLine extends DelegatingPeer {
  private final RandomGenerator random;
  private final DoubleSupplier breaks;

  BrokenLine(Peer peer, RandomGenerator random, double breaks) {
    this(() -> peer, random, () -> breaks);
  }

  BrokenLine(Supplier<Peer> peer, RandomGenerator random, DoubleSupplier breaks) {
    super(peer);
    this.random = random;
    this.breaks = breaks;
  }

  private synchronized double draw() {
    return random.nextDouble();
  }

  private static PeerException broken(String what) {
    return new PeerException(PeerException.Kind.UNREACHABLE, "the line broke " + what);
  }

  double breaks() {
    return breaks.getAsDouble();
  }

  /** Whether the line is down for good, until somebody repairs it. */
  boolean isDown() {
    return false;
  }

  private <T> T send(Supplier<T> request) {
    double drawn = draw();
    if (isDown() || drawn < breaks() / 3) {
      throw broken("before the request");
    }
    T answer = request.get();
    if (drawn < breaks() * 2 / 3) {
      throw broken("before the answer");
    }
    return drawn < breaks() ? request.get() : answer;
  }

  @Override
  public Optional<PeerInfo> info() {
    return send(super::info);
  }

  @Override
  public boolean create() {
    return send(super::create);
  }

  @Override
  public Optional<LocalRevision> checkpoint(String id) {
    return send(() -> peer().checkpoint(id));
  }

  @Override
  public Optional<String> writeCheckpoint(String id, Optional<String> seen, byte[] json) {
    return send(() -> peer().writeCheckpoint(id, seen, json));
  }

  @Override
  public ChangesPage changes(ChangesQuery query) {
    return send(() -> peer().changes(query));
  }

  @Override
  public List<MissingRevisions> missing(List<RevisionQuery> queries) {
    return send(() -> peer().missing(queries));
  }

  /** An answer that breaks off in the middle, too. */
  @Override
  public void fetch(List<MissingRevisions> wanted, FetchSink sink) {
    double drawn = draw();
    int whole = drawn < breaks() ? (int) (draw() * wanted.size()) : wanted.size();
    if (isDown()) {
      throw broken("before the request");
    }
    peer().fetch(wanted.subList(0, whole), sink);
    if (drawn < breaks()) {
      throw broken("in the middle");
    }
  }

  @Override
  public List<Refusal> write(List<FetchedRevision> revisions) {
    return send(() -> peer().write(revisions));
  }

  @Override
  public Optional<Refusal> write(FetchedRevision revision, FollowingBytes bytes) {
    if (isDown() || draw() < breaks()) {
      throw broken("before the request");
    }
    return peer().write(revision, bytes);
  }

  @Override
  public String ensureFullCommit() {
    return send(super::ensureFullCommit);
  }
}
