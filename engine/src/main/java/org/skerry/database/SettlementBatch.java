package org.skerry.database;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.DocumentStore;
import org.skerry.store.Outcome;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.RevisionWrite;

/**
 * A settlement on its way in. Used once, by one thread. Guards are asked about each of its
 * revisions as about an edit; each revision then expects the live leaves that those before it
 * leave, so that the store writes all or none.
 */
final class SettlementBatch {
  private final DocumentStore store;
  private final Settlement settlement;
  private final Placing placing;

  SettlementBatch(DocumentStore store, Settlement settlement, Placing placing) {
    this.store = store;
    this.placing = placing;
    this.settlement = settlement;
  }

  WriteResult write(Inspection inspection) {
    Optional<WriteResult.Forbidden> refusal = refusal(inspection);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<RevisionWrite> batch = batch();
    RevId first = batch.getFirst().rev();
    return switch (store.commit(batch).getFirst()) {
      case Outcome.Written written -> new WriteResult.Written(first, written.seq());
      case Outcome.Present present -> new WriteResult.Present(first);
      case Outcome.Stale stale -> new WriteResult.Conflict(stale.leaves());
    };
  }

  /** Why a guard would refuse it. */
  Optional<WriteResult.Forbidden> refusal(Inspection inspection) {
    return inspection.isNeeded() ? inspect(inspection) : Optional.empty();
  }

  private List<RevisionWrite> batch() {
    List<RevisionWrite> batch = new ArrayList<>();
    Set<RevId> live = new HashSet<>(settlement.live());
    for (RevisionWrite.Edit edit : settlement.revisions()) {
      RevId rev = edit.rev();
      RevisionWrite.Edit placed =
          new RevisionWrite.Edit(
              edit.id(),
              edit.parent(),
              rev,
              edit.deleted(),
              edit.body(),
              StubResolver.placed(edit.attachments(), rev.generation()),
              placing.place(edit.id(), edit.deleted(), edit.body()));
      batch.add(new RevisionWrite.Settle(placed, live));
      edit.parent().ifPresent(live::remove);
      if (!edit.deleted()) {
        live.add(rev);
      }
    }
    return batch;
  }

  private Optional<WriteResult.Forbidden> inspect(Inspection inspection) {
    Map<RevId, Found> parents = new HashMap<>();
    List<RevisionRef> wanted =
        settlement.revisions().stream()
            .flatMap(edit -> edit.parent().stream())
            .distinct()
            .map(parent -> new RevisionRef(settlement.id(), parent))
            .toList();
    store.read(wanted, (ref, found) -> found.ifPresent(there -> parents.put(ref.rev(), there)));
    for (RevisionWrite.Edit edit : settlement.revisions()) {
      ProposedRevision proposed =
          new ProposedRevision(
              ProposedRevision.Origin.EDIT,
              edit.id(),
              edit.parent().map(RevPath::of),
              edit.deleted(),
              edit.body(),
              edit.attachments(),
              edit.parent().map(parents::get));
      switch (inspection.inspect(proposed)) {
        case Inspection.Refused refused -> {
          return Optional.of(refused.result());
        }
        case Inspection.Allowed allowed -> {
          // Its name was made of this body, and others name it.
          if (!allowed.body().equals(edit.body())) {
            return Optional.of(
                new WriteResult.Forbidden(
                    "forbidden", "A rule would change the settled document; edit it instead."));
          }
        }
      }
    }
    return Optional.empty();
  }
}
