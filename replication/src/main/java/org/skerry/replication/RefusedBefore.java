package org.skerry.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;

/**
 * Documents that were refused once, and came to the target all the same: a centre holds what comes
 * before its patient and lets it in later, and others may have brought it. Whoever looks for what
 * is refused should not find those.
 */
final class RefusedBefore {
  private RefusedBefore() {}

  /** Forgets what the target has by now; asks it once, and not at all where nothing was refused. */
  static void forget(Peer target, Progress progress) {
    Map<DocId, Map<RevId, Refusal>> asked = new LinkedHashMap<>();
    for (Refusal refusal : progress.refusals()) {
      try {
        asked
            .computeIfAbsent(DocId.of(refusal.id()), first -> new LinkedHashMap<>())
            .put(RevId.parse(refusal.rev()), refusal);
      } catch (BadDocumentException | InvalidRevIdException e) {
        continue; // What has no proper name is nowhere.
      }
    }
    List<RevisionQuery> queries = new ArrayList<>();
    asked.forEach((id, revs) -> queries.add(new RevisionQuery(id, List.copyOf(revs.keySet()))));
    if (queries.isEmpty()) {
      return;
    }
    for (MissingRevisions missing : target.missing(queries)) {
      missing.revs().forEach(asked.getOrDefault(missing.id(), Map.of())::remove);
    }
    asked.values().forEach(there -> there.values().forEach(progress::accepted));
  }
}
