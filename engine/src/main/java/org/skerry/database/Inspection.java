package org.skerry.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.WriteGuard.Verdict;
import org.skerry.document.Body;
import org.skerry.document.DocId;

/** Asks the guards that watch a database about the revisions of one batch. */
final class Inspection {
  /** So many documents may enter one along with the other. */
  private static final int LONGEST_CHAIN = 8;

  private final Database database;
  private final List<WriteGuard> guards;
  private final Author author;

  Inspection(Database database, List<WriteGuard> guards, Author author) {
    this.database = database;
    this.guards = guards;
    this.author = author;
  }

  /** Whether anybody wants to look; otherwise nothing needs to be read for it. */
  boolean isNeeded() {
    return !guards.isEmpty();
  }

  /** Either the body with which a revision may enter, or why it may not. */
  sealed interface Finding {}

  record Allowed(Body body) implements Finding {}

  /**
   * @param alone whether it might have entered along with others
   */
  record Refused(WriteResult.Forbidden result, boolean alone) implements Finding {}

  /** What was found of one of those that are written together, before it is known who enters. */
  private record Judged(
      ProposedRevision revision, Finding finding, List<Verdict.Along> conditions) {
    boolean enters(Set<DocId> entering) {
      return conditions.stream()
          .allMatch(condition -> condition.others().stream().anyMatch(entering::contains));
    }

    Finding finding(Set<DocId> entering) {
      return conditions.isEmpty() || enters(entering)
          ? finding
          : refused(conditions.getFirst().otherwise(), true);
    }
  }

  /** What is found of a revision that is written by itself. */
  Finding inspect(ProposedRevision revision) {
    return inspect(List.of(revision)).getFirst();
  }

  /** What is found of revisions that are written together, in their order. */
  List<Finding> inspect(List<ProposedRevision> together) {
    List<Judged> judged = new ArrayList<>(together.size());
    Set<DocId> entering = new HashSet<>();
    List<Judged> open = new ArrayList<>(0);
    for (ProposedRevision revision : together) {
      Judged one = judge(revision);
      judged.add(one);
      if (!one.conditions.isEmpty()) {
        open.add(one);
      } else if (one.finding instanceof Allowed) {
        entering.add(revision.id());
      }
    }
    // A visit with its patient, what was found with the visit: chains are short.
    for (int length = 0; length < LONGEST_CHAIN && !open.isEmpty(); length++) {
      open.removeIf(one -> one.enters(entering) && entering.add(one.revision.id()));
    }
    return judged.stream().map(one -> one.finding(entering)).toList();
  }

  private Judged judge(ProposedRevision revision) {
    ProposedRevision seen = revision;
    List<Verdict.Along> conditions = new ArrayList<>(0);
    for (WriteGuard guard : guards) {
      switch (guard.judge(database, seen, author)) {
        case Verdict.Pass pass -> {}
        case Verdict.Replace(Body body) -> seen = seen.withBody(body);
        case Verdict.Along along -> conditions.add(along);
        case Verdict.Refuse refuse -> {
          return new Judged(revision, refused(refuse, false), List.of());
        }
      }
    }
    return new Judged(revision, new Allowed(seen.body()), conditions);
  }

  private static Finding refused(Verdict.Refuse refuse, boolean alone) {
    return new Refused(forbidden(refuse), alone);
  }

  private static WriteResult.Forbidden forbidden(Verdict.Refuse refuse) {
    return new WriteResult.Forbidden(refuse.error(), refuse.reason());
  }

  /**
   * Has revisions kept that were refused alone; returns what to say of each that somebody keeps.
   */
  List<Optional<WriteResult.Forbidden>> keep(List<ForeignRevision> revisions) {
    List<Optional<WriteResult.Forbidden>> said =
        new ArrayList<>(Collections.nCopies(revisions.size(), Optional.empty()));
    for (WriteGuard guard : guards) {
      List<Optional<Verdict.Refuse>> kept = guard.keep(database, revisions, author);
      for (int i = 0; i < kept.size(); i++) {
        Optional<WriteResult.Forbidden> now = kept.get(i).map(Inspection::forbidden);
        said.set(i, said.get(i).or(() -> now));
      }
    }
    return said;
  }

  /** Tells of edits that were written. */
  void edited() {
    guards.forEach(guard -> guard.written(database, List.of(), author));
  }

  /** Tells of revisions that were merged, one result a revision. */
  void merged(List<ForeignRevision> revisions, List<WriteResult> results) {
    if (guards.isEmpty()) {
      return;
    }
    List<WriteGuard.Brought> brought = new ArrayList<>(revisions.size());
    for (int i = 0; i < results.size(); i++) {
      brought.add(new WriteGuard.Brought(revisions.get(i), results.get(i)));
    }
    guards.forEach(guard -> guard.written(database, brought, author));
  }
}
