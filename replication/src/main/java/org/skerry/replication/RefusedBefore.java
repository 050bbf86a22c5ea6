package org.skerry.replication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
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
    List<Refusal> known = new ArrayList<>();
    List<RevisionQuery> queries = new ArrayList<>();
    for (Refusal refusal : progress.refusals()) {
      try {
        RevId rev = RevId.parse(refusal.rev());
        queries.add(new RevisionQuery(DocId.of(refusal.id()), List.of(rev)));
        known.add(refusal);
      } catch (BadDocumentException | InvalidRevIdException e) {
        continue; // What has no proper name is nowhere.
      }
    }
    if (known.isEmpty()) {
      return;
    }
    Set<Map.Entry<String, String>> missing = new HashSet<>();
    target
        .missing(united(queries))
        .forEach(
            one ->
                one.revs().forEach(rev -> missing.add(Map.entry(one.id().text(), rev.toString()))));
    known.stream()
        .filter(one -> !missing.contains(Map.entry(one.id(), one.rev())))
        .forEach(progress::accepted);
  }

  /** One question a document: an answer is by document. */
  private static List<RevisionQuery> united(List<RevisionQuery> queries) {
    return queries.stream().collect(Collectors.groupingBy(RevisionQuery::id)).entrySet().stream()
        .map(
            entry ->
                new RevisionQuery(
                    entry.getKey(),
                    entry.getValue().stream().flatMap(query -> query.revs().stream()).toList()))
        .toList();
  }
}
