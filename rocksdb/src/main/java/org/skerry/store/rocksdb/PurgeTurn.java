package org.skerry.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.skerry.revision.RevId;
import org.skerry.store.PurgeLog.Purge;
import org.skerry.store.PurgeRequest;

/** A purge's turn. Each request moves the feed's end, so that followers look into the log. */
final class PurgeTurn implements Turn<List<List<RevId>>> {
  private final Shelf shelf;
  private final List<PurgeRequest> requests;

  PurgeTurn(Shelf shelf, List<PurgeRequest> requests) {
    this.shelf = shelf;
    this.requests = List.copyOf(requests);
  }

  @Override
  public List<List<RevId>> decide(Group group) {
    ShelfDraft draft = group.on(shelf);
    List<List<RevId>> gone = new ArrayList<>(requests.size());
    for (PurgeRequest request : requests) {
      gone.add(draft.document(request.id()).purge(request.revs(), draft.nextSeq()));
      Purge purge = new Purge(draft.nextPurge(), UUID.randomUUID(), request.id(), request.revs());
      group.put(Family.META, Keys.purge(shelf.number(), purge.seq()), RocksPurges.encode(purge));
    }
    return gone;
  }

  /** Bodies that are removed must not stand in the same group. */
  @Override
  public boolean alone() {
    return true;
  }
}
