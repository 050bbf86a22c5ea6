package org.skerry.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    List<RevisionQuery> queries = new ArrayList<>(page.rows().size());
    for (ChangeRow row : page.rows()) {
      query(row).ifPresent(queries::add);
    }
    List<MissingRevisions> missing = queries.isEmpty() ? List.of() : missing(queries);
    onTheWay.ifPresent(way -> way.left(page.lastSeq(), missing));
    progress.checked(queries.stream().mapToInt(query -> query.revs().size()).sum());
    progress.found(missing.stream().mapToInt(one -> one.revs().size()).sum());
    progress.pending(page.pending());
    return new Work(missing, page.lastSeq());
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
    if (!open.isEmpty()) {
      all.addAll(target.missing(open));
    }
    return all;
  }

  /** The row as a question; what is no id or no revision is reported and left out. */
  private Optional<RevisionQuery> query(ChangeRow row) {
    List<RevId> revs = new ArrayList<>(row.revs().size());
    try {
      DocId id = DocId.of(row.id());
      row.revs().forEach(rev -> parse(row, rev, revs));
      return revs.isEmpty() ? Optional.empty() : Optional.of(new RevisionQuery(id, revs));
    } catch (BadDocumentException e) {
      refuse(row, String.join(",", row.revs()), e.getMessage());
      return Optional.empty();
    }
  }

  private void parse(ChangeRow row, String rev, List<RevId> revs) {
    try {
      revs.add(RevId.parse(rev));
    } catch (InvalidRevIdException e) {
      refuse(row, rev, e.getMessage());
    }
  }

  private void refuse(ChangeRow row, String rev, @Nullable String reason) {
    progress.refused(new Refusal(row.id(), rev, "bad_request", String.valueOf(reason)));
  }
}
