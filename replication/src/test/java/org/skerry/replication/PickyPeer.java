package org.skerry.replication;

import java.util.ArrayList;
import java.util.List;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;

/** A target that does not want one of the documents. */
final class PickyPeer extends DelegatingPeer {
  private final String unwanted;
  private boolean relented;

  PickyPeer(Peer peer, String unwanted) {
    super(peer);
    this.unwanted = unwanted;
  }

  /** From now on it takes everything. */
  void relent() {
    relented = true;
  }

  @Override
  public List<Refusal> write(List<FetchedRevision> revisions) {
    List<FetchedRevision> wanted = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (FetchedRevision revision : revisions) {
      if (!relented && revision.id().text().equals(unwanted)) {
        refusals.add(
            new Refusal(unwanted, revision.rev().toString(), "forbidden", "not on this island"));
      } else {
        wanted.add(revision);
      }
    }
    refusals.addAll(peer().write(wanted));
    return refusals;
  }
}
