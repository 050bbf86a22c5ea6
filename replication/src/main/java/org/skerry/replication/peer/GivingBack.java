package org.skerry.replication.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.audit.Actor;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.audit.AuditLog;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.PurgeRequest;
import org.skerry.store.RevisionRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from a site what its centre takes back: those revisions and no others, without a
 * tombstone. What was written on top of one stays, and reaches the centre by the way of every edit.
 *
 * @param site as which the centre knows this node
 * @param audit hears which documents left
 */
record GivingBack(String site, AuditLog audit) {
  private static final Logger LOG = LoggerFactory.getLogger(GivingBack.class);

  /** So many documents are named in one note of the audit log. */
  private static final int NAMED = 100;

  /** Removes those of the revisions that are leaves here. */
  void remove(Database database, List<RevisionRef> revisions) {
    Map<DocId, Set<RevId>> wanted = new LinkedHashMap<>();
    revisions.forEach(
        one -> wanted.computeIfAbsent(one.id(), id -> new LinkedHashSet<>()).add(one.rev()));
    List<PurgeRequest> requests = requests(database, wanted);
    if (requests.isEmpty()) {
      return;
    }
    List<List<RevId>> gone = database.store().purge(requests);
    List<String> left = new ArrayList<>();
    for (int i = 0; i < gone.size(); i++) {
      if (!gone.get(i).isEmpty()) {
        left.add(requests.get(i).id().text());
      }
    }
    if (requests.stream().anyMatch(request -> request.id().isDesign())) {
      database.designChanged();
    }
    tell(database, left);
  }

  /** What of it is a leaf here: the rest is gone already, or was followed. */
  private static List<PurgeRequest> requests(Database database, Map<DocId, Set<RevId>> wanted) {
    List<PurgeRequest> requests = new ArrayList<>();
    database
        .store()
        .load(
            List.copyOf(wanted.keySet()),
            Fields.LEAVES,
            document -> {
              List<RevId> here =
                  document.leaves().stream()
                      .map(Leaf::rev)
                      .filter(wanted.getOrDefault(document.id(), Set.of())::contains)
                      .toList();
              if (!here.isEmpty()) {
                requests.add(new PurgeRequest(document.id(), here));
              }
              return true;
            });
    return requests;
  }

  private void tell(Database database, List<String> left) {
    LOG.info("{} documents of {} left the subset of site {}", left.size(), database.name(), site);
    for (int from = 0; from < left.size(); from += NAMED) {
      List<String> some = left.subList(from, Math.min(left.size(), from + NAMED));
      audit.record(
          new AuditEvent(AuditAction.SUBSET_LEFT, Actor.NODE, database.name())
              .with("site", site)
              .with("documents", String.join(", ", some)));
    }
  }
}
