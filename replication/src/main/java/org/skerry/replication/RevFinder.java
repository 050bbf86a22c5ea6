package org.skerry.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.replication.peer.ChangeRow;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;

/** Asks the target what it lacks of a page of changes. */
final class RevFinder {
  private final Peer target;
  private final Progress progress;

  /** For a site: what comes may remove something. */
  private final Optional<OnTheWay> onTheWay;

  RevFinder(Peer target, Progress progress, Optional<OnTheWay> onTheWay) {
    this.target = target;
    this.progress = progress;
    this.onTheWay = onTheWay;
  }

  Work find(ChangesPage page) {
    List<RevisionQuery> queries = queries(page);
    List<MissingRevisions> missing = queries.isEmpty() ? List.of() : missing(queries);
    forgetThere(queries, missing);
    onTheWay.ifPresent(way -> way.left(page.lastSeq(), missing));
    progress.checked(queries.stream().mapToInt(query -> query.revs().size()).sum());
    progress.found(missing.stream().mapToInt(one -> one.revs().size()).sum());
    return new Work(missing, page.lastSeq());
  }

  /** What the target has by now, from wherever, nobody fails over. */
  private void forgetThere(List<RevisionQuery> queries, List<MissingRevisions> missing) {
    if (!progress.failing().isEmpty()) {
      Set<DocId> open = missing.stream().map(MissingRevisions::id).collect(Collectors.toSet());
      queries.stream()
          .map(RevisionQuery::id)
          .filter(id -> !open.contains(id))
          .forEach(progress.failing()::forget);
    }
  }

  /** A document that stands in a page twice, as in a live feed, is asked about once. */
  private List<RevisionQuery> queries(ChangesPage page) {
    Map<DocId, Set<RevId>> byId = LinkedHashMap.newLinkedHashMap(page.rows().size());
    page.rows().forEach(row -> add(row, byId));
    List<RevisionQuery> queries = new ArrayList<>(byId.size());
    byId.forEach((id, revs) -> queries.add(new RevisionQuery(id, List.copyOf(revs))));
    return queries;
  }

  private List<MissingRevisions> missing(List<RevisionQuery> queries) {
    List<RevisionQuery> open = new ArrayList<>(queries.size());
    List<MissingRevisions> all = new ArrayList<>();
    for (RevisionQuery query : queries) {
      if (onTheWay.filter(way -> way.has(query.id())).isPresent()) {
        all.add(new MissingRevisions(query.id(), query.revs(), List.of()));
      } else {
        open.add(query);
      }
    }
    for (int from = 0; from < open.size(); ) {
      int to = portion(open, from);
      all.addAll(target.missing(open.subList(from, to)));
      from = to;
    }
    return all;
  }

  /** How far to ask at once. */
  private static int portion(List<RevisionQuery> open, int from) {
    int to = from;
    for (int revs = 0; to < open.size() && revs < Tuning.MOST_ASKED; to++) {
      revs += open.get(to).revs().size();
    }
    return to;
  }

  /** The row as a question; what is no id or no revision is reported and left out. */
  private void add(ChangeRow row, Map<DocId, Set<RevId>> byId) {
    if (row.revs().isEmpty()) {
      refuse(row, "", "the source lists it without a revision");
      return;
    }
    try {
      DocId id = DocId.of(row.id());
      row.revs().forEach(rev -> add(row, rev, id, byId));
    } catch (BadDocumentException e) {
      refuse(row, String.join(",", row.revs()), e.getMessage());
    }
  }

  private void add(ChangeRow row, String rev, DocId id, Map<DocId, Set<RevId>> byId) {
    try {
      RevId parsed = RevId.parse(rev);
      byId.computeIfAbsent(id, first -> new LinkedHashSet<>()).add(parsed);
    } catch (InvalidRevIdException e) {
      refuse(row, rev, e.getMessage());
    }
  }

  private void refuse(ChangeRow row, String rev, @Nullable String reason) {
    progress.refused(new Refusal(row.id(), rev, "bad_request", String.valueOf(reason)));
  }
}
