package org.skerry.replication;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FilterName;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.LiveChanges;
import org.skerry.replication.peer.LocalRevision;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerInfo;
import org.skerry.replication.peer.Refusal;
import org.skerry.store.RevisionQuery;

/** A peer that does what another one does. Tests change one thing or the other. */
abstract class DelegatingPeer implements Peer {
  private final Supplier<Peer> peer;

  DelegatingPeer(Peer peer) {
    this(() -> peer);
  }

  /** A peer that may be another object every time, as a node is after it was started anew. */
  DelegatingPeer(Supplier<Peer> peer) {
    this.peer = peer;
  }

  Peer peer() {
    return peer.get();
  }

  @Override
  public String name() {
    return peer().name();
  }

  @Override
  public String identity() {
    return peer().identity();
  }

  @Override
  public Optional<PeerInfo> info() {
    return peer().info();
  }

  @Override
  public Peer asSite(String site) {
    return new DelegatingPeer(() -> peer().asSite(site)) {};
  }

  @Override
  public boolean create() {
    return peer().create();
  }

  @Override
  public Optional<String> filterSource(FilterName filter) {
    return peer().filterSource(filter);
  }

  @Override
  public Optional<LocalRevision> checkpoint(String id) {
    return peer().checkpoint(id);
  }

  @Override
  public Optional<String> writeCheckpoint(String id, Optional<String> seen, byte[] json) {
    return peer().writeCheckpoint(id, seen, json);
  }

  @Override
  public ChangesPage changes(ChangesQuery query) {
    return peer().changes(query);
  }

  @Override
  public LiveChanges follow(ChangesQuery query) {
    return peer().follow(query);
  }

  @Override
  public List<MissingRevisions> missing(List<RevisionQuery> queries) {
    return peer().missing(queries);
  }

  @Override
  public void fetch(List<MissingRevisions> wanted, FetchSink sink) {
    peer().fetch(wanted, sink);
  }

  @Override
  public List<Refusal> write(List<FetchedRevision> revisions) {
    return peer().write(revisions);
  }

  @Override
  public Optional<Refusal> write(FetchedRevision revision, FollowingBytes bytes) {
    return peer().write(revision, bytes);
  }

  @Override
  public String ensureFullCommit() {
    return peer().ensureFullCommit();
  }

  @Override
  public void close() {
    peer().close();
  }
}
