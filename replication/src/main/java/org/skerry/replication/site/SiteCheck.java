package org.skerry.replication.site;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.fingerprint.Comparison;
import org.skerry.fingerprint.Fingerprints;
import org.skerry.fingerprint.Side;
import org.skerry.replication.Origin;
import org.skerry.replication.Replication;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.Replicator;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerInfo;
import org.skerry.replication.peer.PeerOpener;
import org.skerry.replication.peer.Selection;

/** Whether this node's databases hold what their centres say. Any thread. */
public final class SiteCheck {
  private final Supplier<List<ReplicationSpec>> wanted;
  private final PeerOpener peers;
  private final Replicator replicator;

  /**
   * @param wanted what the node's documents ask for
   */
  public SiteCheck(
      Supplier<List<ReplicationSpec>> wanted, PeerOpener peers, Replicator replicator) {
    this.wanted = wanted;
    this.peers = peers;
    this.replicator = replicator;
  }

  /** The databases that have a centre. */
  public List<Centre> centres() {
    return Centres.in(wanted.get());
  }

  /**
   * As which site a centre knows this node; nothing where it is an ordinary user there.
   *
   * @throws PeerException when the centre cannot be asked
   */
  public Optional<String> site(Centre centre) {
    try (Peer peer = peers.open(centre.source())) {
      return peer.info().flatMap(PeerInfo::site);
    }
  }

  /**
   * Compares a database with its centre.
   *
   * @param most so many differences are enough
   * @throws PeerException when the centre cannot be asked, or knows no fingerprints
   */
  public Comparison.Result compare(
      Centre centre, Fingerprints fingerprints, Database database, int most) throws IOException {
    try (Peer peer = peers.open(centre.source())) {
      Side there =
          peer.fingerprints()
              .orElseThrow(
                  () ->
                      new PeerException(
                          PeerException.Kind.UNSUPPORTED, peer.name() + " has no fingerprints"));
      return new Comparison(fingerprints.of(database), there, most).run();
    }
  }

  /**
   * Pulls these documents, and then pushes them, whatever the checkpoints say.
   *
   * @return how many were refused
   * @throws PeerException when a replication failed
   */
  public long repair(Centre centre, List<String> documents, Author author)
      throws InterruptedException {
    Endpoint here = new Endpoint.Local(centre.database(), author);
    Selection these = new Selection.DocIds(documents);
    return run(ReplicationSpec.of(centre.source(), here).selecting(these), author)
        + run(ReplicationSpec.of(here, centre.target()).selecting(these), author);
  }

  private long run(ReplicationSpec spec, Author author) throws InterruptedException {
    Replication ended = replicator.run(spec.withoutCheckpoints(), Origin.user(author.name()));
    if (ended.result().isEmpty()) {
      throw ended
          .lastError()
          .orElseGet(
              () -> new PeerException(PeerException.Kind.FAILING, "the repair was cancelled"));
    }
    return ended.status().counts().docWriteFailures();
  }
}
